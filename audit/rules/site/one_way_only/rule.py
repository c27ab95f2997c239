"""A page of a site of some size should be found in more than one way."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePlace
from audit.semantics.derived_facts import remembered
from audit.semantics.published import content_pages, followed, page_of

RULE = Rule(
    title="Only one way to a page",
    family=Family.SITE,
    requirements=Requirements(wcag=("2.4.5",)),
    fixer=Fixer.THEME,
    why="Some people find a page by search, some by a list, some by menus; with one way only, the others are shut out.",
    since="0.1.0",
)
#: With fewer pages, every page links to all others soon enough.
SMALL = 5
#: A page that links to nearly all others is a list of the site.
NEARLY_ALL = 0.9


def applies(site: Site) -> Iterable[SitePlace]:
    """The start page, for the site as a whole, where all of it is at hand."""
    if site.answers is None and "/" in site.pages and len(list(content_pages(site))) > SMALL:
        yield SitePlace("/")


def expect(site: Site, target: SitePlace) -> Result:
    del target
    pages = {page.address: page for page in content_pages(site)}
    if any(page.has_search for page in pages.values()):
        return passed(way="search")
    lists = [
        address for address, ends in _ends(site).items() if len(ends & pages.keys()) >= NEARLY_ALL * (len(pages) - 1)
    ]
    if lists:
        return passed(way=lists[0])
    sources: dict[str, int] = dict.fromkeys(pages, 0)
    for ends in _ends(site).values():
        for end in ends & pages.keys():
            sources[end] += 1
    lonely = sorted(address for address, count in sources.items() if count <= 1 and address != "/")
    if not lonely:
        return passed(way="several links")
    return ask(
        f"{len(lonely)} pages, such as {', '.join(lonely[:3])}, are linked from one page at most, and there is no "
        "search and no list of all pages. Is there a second way to find them, or is each a step in a process?",
        "Offer a search, or a page that lists all pages, and link to it from every page.",
        pages=lonely[:20],
    )


@remembered
def _ends(site: Site) -> dict[str, frozenset[str]]:
    """For each page, the other pages that it links to."""
    found = {}
    for page in content_pages(site):
        ends = {end.address for link in followed(page) if (end := page_of(site, link)) is not None}
        found[page.address] = frozenset(ends - {page.address})
    return found
