"""A page should have a description for search results and shared links."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.published import content_pages

RULE = Rule(
    title="Page has no description",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="In search results, people meet a scrap of the menu instead of words that tell them what they will find.",
    since="0.1.0",
    best_practice=True,
)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages that somebody wrote, where at least one has a description: its owners mean to write them."""
    if any(page.description for page in content_pages(site)):
        yield from (SitePlace(page.address) for page in content_pages(site) if not _is_gathered(page))


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    if page.description and page.description.strip():
        return passed()
    return failed(f"“{page.title}” has no description.", "Add a `summary` of one or two sentences to the front matter.")


def _is_gathered(page: SitePage) -> bool:
    """Whether a template makes the page out of others (a day, a filtered list): it has no text of its own to sum up."""
    return page.template is not None and page.source_path == page.template
