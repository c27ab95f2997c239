"""The site should tell how to give feedback about accessibility, in several ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.duties import bound, mentions, missing, place, standing

RULE = Rule(
    title="Accessibility feedback: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(
        aoda=(
            "O. Reg. 191/11 s. 11",
            "O. Reg. 191/11 s. 80.50",
        )
    ),
    fixer=Fixer.AUTHOR,
    why="People who meet a barrier cannot tell anybody in a way that works for them.",
    since="0.1.0",
)


def applies(site: Site) -> Iterable[SitePlace]:
    """The page that serves the duty; the start page where there is none."""
    if bound(site):
        yield place(site, "feedback")


def expect(site: Site, target: SitePlace) -> Result:
    del target
    found = missing(site, "feedback")
    if found is not None:
        return found
    page = standing(site, "feedback").page
    if page is None:
        return passed()
    ways = [way for way, is_way in WAYS.items() if is_way(page)]
    if len(ways) >= ENOUGH:
        return passed(ways=ways)
    named = f"only one way: {ways[0]}" if ways else "no telephone number, e-mail address, form or postal address"
    return ask(
        f"The page on feedback names {named}. In what other ways can people give feedback?",
        "Name at least a telephone number, an e-mail address and a way in person, and say what happens next.",
        ways=ways,
    )


ENOUGH = 2


def _links(scheme: str) -> Callable[[SitePage], bool]:
    return lambda page: any(link.url.startswith(scheme) and link.area in {"main", ""} for link in page.links)


def _says(*phrases: str) -> Callable[[SitePage], bool]:
    return lambda page: mentions(page, phrases)


WAYS: dict[str, Callable[[SitePage], bool]] = {
    "telephone": _links("tel:"),
    "e-mail": _links("mailto:"),
    "in person": _says("in person", "en personne", "at any branch", "front desk"),
    "in writing": _says("in writing", "by mail", "write to", "par écrit", "par la poste"),
    "a form": _says("form", "formulaire"),
}
