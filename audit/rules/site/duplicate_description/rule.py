"""Two pages of a site must not share their description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.derived_facts import remembered
from audit.semantics.published import also_of, by_text, content_pages, sharing

RULE = Rule(
    title="Two pages share a description",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="In search results, people choose between pages by these words; the same words twice tell them nothing.",
    since="0.1.0",
    best_practice=True,
)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages that have a description, where there is more than one."""
    pages = [page for page in content_pages(site) if page.description]
    if len(pages) > 1:
        yield from (SitePlace(page.address) for page in pages)


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    others = sharing(_pages(site), page, _text)
    if not others:
        return passed()
    return failed(
        also_of("description", _text(page), others),
        "Write one or two sentences on what only this page offers (`summary` in the front matter).",
        shared_with=others,
    )


def _text(page: SitePage) -> str:
    return page.description or ""


@remembered
def _pages(site: Site) -> Mapping[str, Sequence[SitePage]]:
    return by_text(site, _text)
