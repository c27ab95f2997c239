"""Nobody should be asked for a certificate of their service animal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import readable
from audit.semantics.words import sentences

RULE = Rule(
    title="Proof for service animals: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 80.45",)),
    fixer=Fixer.AUTHOR,
    why="People are turned away at the door, although the animal can be known by its vest or by a letter from a health professional.",
    since="0.1.0",
)


_ANIMAL = re.compile(r"\b(?:service (?:animal|dog)|guide dog|animal d.assistance|chien.guide)s?\b", re.IGNORECASE)
_PROOF = re.compile(
    r"\b(?:certificat\w*|certified|identification cards?|ID cards?|proof of training|licen[cs]ed)\b", re.IGNORECASE
)
_DEMAND = re.compile(r"\b(?:must|required?|only|need to|have to|doit|doivent|seuls?)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no|without|n't|ne|pas|aucun)\b|n't", re.IGNORECASE)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages with a sentence that speaks of it."""
    for page in readable(site):
        if any(_ANIMAL.search(sentence) for sentence in sentences(page.main_text)):
            yield SitePlace(page.address)


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    quote = next((sentence for sentence in sentences(page.main_text) if _demands(sentence)), None)
    if quote is None:
        return passed()
    return ask(
        f"“{quote[:200]}” Does this ask for more than a vest, a harness, or a document from a health professional?",
        "Ask for a document from a regulated health professional only when it cannot be seen that it is a service animal.",
    )


def _demands(sentence: str) -> bool:
    return bool(
        _ANIMAL.search(sentence) and _PROOF.search(sentence) and _DEMAND.search(sentence) and not _NOT.search(sentence)
    )
