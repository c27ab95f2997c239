"""Where a page stands: the pages above it, from the home page down to itself."""

from __future__ import annotations

from library_model.model import Page, Site
from library_words import translate
from library_words.voice import language_folder


def breadcrumb(site: Site, page: Page) -> list[tuple[str, str]]:
    """Return (words, address) of the pages above and of the page itself; empty for home pages.

    Folders that have no page of their own are left out.
    """
    prefix = language_folder(page.lang)
    home = f"{prefix}/" if f"{prefix}/" in site.by_path else "/"
    if page.path in {home, "/"}:
        return []
    trail = [(translate("Home", page.lang), site.settings.base_path + home)]
    parts = page.path.removeprefix(prefix).strip("/").split("/")
    for depth in range(1, len(parts)):
        above = site.by_path.get(f"{prefix}/{'/'.join(parts[:depth])}/")
        if above is not None and above is not page:
            trail.append((above.title, above.url))
    return [*trail, (page.title, page.url)]
