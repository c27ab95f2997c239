"""Where a page stands: the pages above it, from the home page down to itself."""

from __future__ import annotations

from library_model.model import Page, Site
from library_words import translate


def breadcrumb(site: Site, page: Page) -> list[tuple[str, str]]:
    """Return (words, address) of the pages above and of the page itself; empty for home pages.

    Folders that have no page of their own are left out.
    """
    home = "/fr/" if page.lang == "fr" and "/fr/" in site.by_path else "/"
    if page.path in {home, "/"}:
        return []
    trail = [(translate("Home", page.lang), site.settings.base_path + home)]
    parts = page.path.removeprefix("/fr" if page.lang == "fr" else "").strip("/").split("/")
    prefix = "/fr" if page.lang == "fr" else ""
    for depth in range(1, len(parts)):
        above = site.by_path.get(f"{prefix}/{'/'.join(parts[:depth])}/")
        if above is not None and above is not page:
            trail.append((above.title, above.url))
    return [*trail, (page.title, page.url)]
