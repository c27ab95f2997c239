"""``sitemap.xml`` (sitemaps.org 0.9) and ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from library_model.model import Output, Page, PageKind, Site


def sitemap_xml(site: Site) -> Output:
    """List every page that people should find. ``lastmod`` comes from content only."""
    rows = [_row(site, page) for page in sorted(site.all, key=lambda page: page.path) if in_sitemap(page)]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
    return Output("sitemap.xml", text.encode())


def in_sitemap(page: Page) -> bool:
    """Whether a page is one for people to find."""
    return bool(page.template) and page.listed and page.kind is PageKind.PAGE


def robots_txt(site: Site) -> Output:
    """Allow everything and name the sitemap."""
    base = site.settings.origin + site.settings.base_path
    return Output("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n".encode())


def _row(site: Site, page: Page) -> str:
    origin = site.settings.origin
    parts = [f"<loc>{escape(origin + page.url)}</loc>"]
    if page.changed is not None:
        parts.append(f"<lastmod>{page.changed.isoformat()}</lastmod>")
    if page.partner is not None:
        for each in sorted((page, page.partner), key=lambda p: p.lang):
            address = quoteattr(origin + each.url)
            parts.append(f'<xhtml:link rel="alternate" hreflang="{each.lang}" href={address}/>')
    return f"<url>{''.join(parts)}</url>"
