"""A notice of a disruption should give reason, duration and alternatives."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.duties import dates, is_whole, mentions, readable
from audit.semantics.words import words

RULE = Rule(
    title="Notice of disruption: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 80.48",)),
    fixer=Fixer.AUTHOR,
    why="People who need the lift, ramp or washroom come in vain, or cannot plan when to come.",
    since="0.1.0",
)


#: Facilities that people with disabilities usually use, and words that say that one is not to be had.
THINGS = frozenset(
    {
        "elevator",
        "elevators",
        "lift",
        "lifts",
        "ramp",
        "ramps",
        "washroom",
        "washrooms",
        "toilet",
        "toilets",
        "accessible parking",
        "accessible entrance",
        "automatic door",
        "automatic doors",
        "door opener",
        "hearing loop",
        "ascenseur",
        "ascenseurs",
        "rampe",
        "rampes",
        "toilettes",
        "stationnement accessible",
        "entrée accessible",
        "porte automatique",
        "portes automatiques",
        "ouvre porte",
        "boucle auditive",
    }
)
OUT = (
    "out of service",
    "out of order",
    "closed",
    "closure",
    "not available",
    "unavailable",
    "not working",
    "hors service",
    "en panne",
    "fermé",
    "fermée",
    "fermés",
    "fermées",
    "fermeture",
    "inaccessible",
    "inaccessibles",
    "non disponible",
)
REASON = (
    "why",
    "reason",
    "because",
    "due to",
    "caused by",
    "being replaced",
    "being repaired",
    "broken",
    "broke",
    "repair",
    "repairs",
)
REASON_FR = (
    "pourquoi",
    "raison",
    "raisons",
    "parce que",
    "parce qu",
    "puisque",
    "à cause de",
    "à cause d",
    "en raison de",
    "remplaçons",
    "réparons",
    "réparation",
    "réparations",
    "travaux",
    "brisé",
    "brisée",
)
LENGTH = (
    "how long",
    "until",
    "further notice",
    "expected",
    "durée",
    "jusqu'au",
    "jusqu'à",
    "prévu",
    "prévue",
    "nouvel ordre",
    "nouvel avis",
)
INSTEAD = (
    "instead",
    "alternative",
    "alternatives",
    "other entrance",
    "another entrance",
    "nearest",
    "in the meantime",
    "meanwhile",
    "à la place",
    "plutôt",
    "solution de rechange",
    "solutions de rechange",
    "autre entrée",
    "entre temps",
    "en attendant",
    "d'ici là",
)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages whose heading says that such a thing is not to be had."""
    for page in readable(site):
        if any(_is_notice(heading) for heading in (*page.h1, page.title)):
            yield SitePlace(page.address)


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    parts = {
        "the reason": mentions(page, (*REASON, *REASON_FR)),
        "how long it lasts": mentions(page, LENGTH) or bool(dates(page)),
        "what can be used instead": mentions(page, INSTEAD),
    }
    left_out = [part for part, said in parts.items() if not said]
    if not left_out or not is_whole(page):
        return passed()
    return ask(
        f"The notice “{_heading(page)}” does not seem to give {', '.join(left_out)}. Does it, in other words?",
        "Give the reason, how long it is expected to last, and what can be used instead, or that there is nothing.",
        left_out=left_out,
    )


def _heading(page: SitePage) -> str:
    return page.h1[0] if page.h1 else page.title


def _is_notice(heading: str) -> bool:
    said = f" {' '.join(words(heading))} "
    return any(f" {thing} " in said for thing in THINGS) and any(f" {out} " in said for out in OUT)
