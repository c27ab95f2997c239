"""Every page must be linked from another page of the site."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePlace
from audit.semantics.derived_facts import remembered
from audit.semantics.published import REDIRECT, content_pages, followed, page_of

RULE = Rule(
    title="No page links here",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Visitors who move by links never find the page; only those who know its address do.",
    since="0.1.0",
    best_practice=True,
)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages other than the one at the root, where the whole site is at hand and its pages link to each other."""
    if site.answers is not None:
        return
    pages = list(content_pages(site))
    if len(_linked(site)) * 2 < len(pages):
        # A folder of single pages, not a site.
        return
    # Without a page at the root, visitors come in by the shallowest ones.
    roots = {page.address for page in pages if page.address == "/"} or {
        page.address for page in pages if page.address.count("/") == min(each.address.count("/") for each in pages)
    }
    yield from (SitePlace(page.address) for page in pages if page.address not in roots)


def expect(site: Site, target: SitePlace) -> Result:
    if target.page in _linked(site):
        return passed()
    return failed(
        f"No page of the site links to {target.page}.",
        "Link to it from a page where people would look for it, or remove it.",
    )


@remembered
def _linked(site: Site) -> frozenset[str]:
    """Addresses of pages that another page links to."""
    found = set()
    for page in site.pages.values():
        if page.kind == REDIRECT:
            continue
        for link in followed(page):
            end = page_of(site, link)
            if end is not None and end.address != page.address:
                found.add(end.address)
    return frozenset(found)
