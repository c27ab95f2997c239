"""The pages of a site as visitors meet them: what is content, and what an address leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote, urljoin, urlsplit

from audit.model.addresses import INDEXES
from audit.model.site import Site, SiteLink, SitePage, SitePlace

#: What :attr:`SitePage.kind` says of pages that only send on.
REDIRECT = "redirect"
#: Elements that a visitor follows.
FOLLOWED = frozenset({"a", "area"})


def content_pages(site: Site) -> Iterator[SitePage]:
    """Pages that visitors read: no error page, nothing that only sends them on."""
    for page in site.pages.values():
        if page.kind == "page" and page.status == 200:
            yield page


def page_at(site: Site, address: str) -> SitePage | None:
    """The page at a path below the root, also without its slash or with its ``index.html``."""
    if address in site.pages:
        return site.pages[address]
    plain = quote(unquote(address))
    folder, _, name = plain.rpartition("/")
    for candidate in (plain, f"{plain}/", f"{folder}/" if name in INDEXES else plain):
        if candidate in site.pages:
            return site.pages[candidate]
    return None


def page_of(site: Site, link: SiteLink) -> SitePage | None:
    """The page of this site that a link leads to; ``None`` for files, other sites and nothing."""
    address = site.address_of(link.url)
    return page_at(site, address) if address is not None else None


def page_of_public(site: Site, url: str) -> SitePage | None:
    """As :func:`page_of`, for an address that may name the host where the site is published."""
    address = site.address_of(url)
    public = site.settings.get("address")
    if address is None and isinstance(public, str):
        root = public.rstrip("/") + "/"
        address = f"/{urlsplit(url[len(root) :]).path}" if url.startswith(root) else None
    return page_at(site, address) if address is not None else None


def followed(page: SitePage) -> Iterator[SiteLink]:
    """The links of a page."""
    return (link for link in page.links if link.kind in FOLLOWED)


def is_within(page: SitePage, link: SiteLink, site: Site) -> bool:
    """Whether a link leads to a place on its own page."""
    target = page_of(site, link)
    return "#" in link.url and target is not None and target.address == page.address


def redirect_end(site: Site, page: SitePage) -> str | None:
    """Where a page that only sends on leads: the last address in the chain, as it is written."""
    seen: set[str] = set()
    end: str | None = None
    at: SitePage | None = page
    while at is not None and at.kind == REDIRECT and at.address not in seen:
        seen.add(at.address)
        link = next((each for each in at.links if each.kind == REDIRECT), None)
        if link is None:
            return end
        end = urljoin(site.root, link.url)
        at = page_of(site, link)
    return end


def link_place(page: SitePage, link: SiteLink) -> SitePlace:
    """Where a finding about a link is."""
    return SitePlace(
        page.address, selector=link.selector, static=link.static, html=f'<{link.kind} href="{link.href}">{link.text}'
    )


def by_text(site: Site, text: Callable[[SitePage], str]) -> Mapping[str, Sequence[SitePage]]:
    """The pages of people's content by a text of theirs and its language: the same words in two are two texts."""
    found: dict[str, list[SitePage]] = {}
    for page in content_pages(site):
        found.setdefault(_folded(page, text), []).append(page)
    return found


def sharing(pages: Mapping[str, Sequence[SitePage]], page: SitePage, text: Callable[[SitePage], str]) -> list[str]:
    """The addresses of the other pages with the same text, out of ``by_text``.

    Copies of one original (``rel=canonical``) are meant to be the same and are left out, and so is
    all when ``page`` comes first: the first of a group may keep its words.
    """
    others = [
        other.address
        for other in pages[_folded(page, text)]
        if other.address != page.address and (page.canonical is None or page.canonical != other.canonical)
    ]
    return [] if others and page.address < min(others) else others


def also_of(what: str, text: str, others: Sequence[str]) -> str:
    """The sentence that ``what`` of a page is that of ``others`` too."""
    more = f" and {len(others) - 1} more." if len(others) > 1 else "."
    return f"The {what} “{' '.join(text.split())}” is also that of {others[0]}{more}"


def _folded(page: SitePage, text: Callable[[SitePage], str]) -> str:
    return f"{page.lang} {' '.join(text(page).split())}".casefold()
