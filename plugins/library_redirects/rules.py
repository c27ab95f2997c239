"""Rule files: ``_redirects`` (Netlify, Cloudflare Pages), Apache, nginx.

Old pages have moved for good (301). Short names such as ``/go/libby/`` may lead elsewhere next
year (302), so that browsers do not remember them.
"""

from __future__ import annotations

from collections.abc import Iterator

from library_model.model import Output, Page, PageKind, Site


def rule_files(site: Site) -> Iterator[Output]:
    """Yield the rule files. Apache's and nginx's are to be copied by whoever runs the server."""
    redirects = sorted((page for page in site.all if page.kind is PageKind.REDIRECT), key=lambda page: page.path)
    rules = [(_asked(page), page.view.target.url, code(page)) for page in redirects]
    if not rules:
        return
    yield Output("_redirects", "".join(f"{old} {new} {status}\n" for old, new, status in rules).encode())
    yield Output("redirects/apache.conf", "".join(f'Redirect {s} "{old}" "{new}"\n' for old, new, s in rules).encode())
    nginx = "".join(f'location = {old} {{ return {s} "{new}"; }}\n' for old, new, s in rules)
    yield Output("redirects/nginx.conf", nginx.encode())


def _asked(page: Page) -> str:
    """Return the address as old links have it: ``/events.php``, although the page is in a folder."""
    return page.url.rstrip("/") if "." in page.slug else page.url


def code(page: Page) -> int:
    """Return 302 for short names, 301 for old addresses."""
    return 302 if page.view.temporary else 301
