"""Two pages of a site must not share their description."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model import Family, Fixer, Requirements
from audit.rule import Result, Rule, failed, passed
from audit.semantics.published import content_pages
from audit.semantics.remembering import remembered
from audit.site import Site, SitePage, SitePlace

RULE = Rule(
    title="Two pages share a description",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="In search results, people choose between pages by these words; the same words twice tell them nothing.",
    since="0.1",
    best_practice=True,
)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages that have a description, where there is more than one."""
    pages = [page for page in content_pages(site) if page.description]
    if len(pages) > 1:
        yield from (SitePlace(page.address) for page in pages)


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    group = _groups(site)[_key(page)]
    others = [other.address for other in group if other.address != page.address and not _is_copy(page, other)]
    if not others:
        return passed()
    # The first page of a group may keep its words; a finding on each of the others is enough.
    if page.address < min(others):
        return passed(shared_with=others)
    return failed(
        f"The description “{_words(page)}” is also that of {others[0]}"
        + (f" and {len(others) - 1} more." if len(others) > 1 else "."),
        "Write one or two sentences on what only this page offers (`summary` in the front matter).",
        shared_with=others,
    )


def _words(page: SitePage) -> str:
    return " ".join((page.description or "").split())


def _key(page: SitePage) -> tuple[str, str | None]:
    # The same words in two languages are two texts.
    return _words(page).casefold(), page.lang


@remembered
def _groups(site: Site) -> dict[tuple[str, str | None], list[SitePage]]:
    found: dict[tuple[str, str | None], list[SitePage]] = {}
    for page in content_pages(site):
        found.setdefault(_key(page), []).append(page)
    return found


def _is_copy(page: SitePage, other: SitePage) -> bool:
    """Whether both name one original: a copy is meant to be the same."""
    return page.canonical is not None and page.canonical == other.canonical
