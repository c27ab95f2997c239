"""A link to a place on a page must find that place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SiteLink, SitePage, SitePlace
from audit.semantics.published import REDIRECT, followed, link_place, page_of
from audit.settings.nearest import did_you_mean

RULE = Rule(
    title="Link misses its place",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="The visitor lands at the top of the page, or nothing happens, and must search for what the link promised.",
    since="0.1.0",
    best_practice=True,
)


@dataclass(frozen=True, slots=True)
class AnchorPlace(SitePlace):
    """A link, the page it leads to and the place that it names there."""

    target: str = ""
    fragment: str = ""
    words: str = ""


def applies(site: Site) -> Iterable[AnchorPlace]:
    for page in site.pages.values():
        for link in followed(page):
            fragment = link.url.partition("#")[2]
            end = page_of(site, link)
            if end is not None and end.kind != REDIRECT and _names_a_place(fragment):
                yield _place(page, link, end, fragment)


def expect(site: Site, target: AnchorPlace) -> Result:
    anchors = site.pages[target.target].anchors
    if target.fragment in anchors or unquote(target.fragment) in anchors:
        return passed()
    where = "this page" if target.target == target.page else target.target
    near = did_you_mean(unquote(target.fragment), anchors)
    return failed(
        f"The link “{target.words}” leads to #{target.fragment} on {where}, and nothing there has that name.",
        f"Correct what follows the #, or give the place that id. {near}".rstrip(),
        fragment=target.fragment,
        leads_to=target.target,
    )


def _names_a_place(fragment: str) -> bool:
    # "#top" is the top of every page (HTML, "select the indicated part"); "#/x" and "#!x" are states of
    # an application, ":~:" is text for the browser to find.
    return bool(fragment) and fragment.lower() != "top" and not fragment.startswith(("/", "!", ":~:"))


def _place(page: SitePage, link: SiteLink, end: SitePage, fragment: str) -> AnchorPlace:
    at = link_place(page, link)
    # A text fragment may follow the name of a place.
    name = fragment.partition(":~:")[0]
    return AnchorPlace(at.page, at.selector, at.static, at.html, None, None, end.address, name, link.text or link.name)
