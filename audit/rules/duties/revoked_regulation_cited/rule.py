"""A regulation that was revoked should not be cited as law."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import readable

RULE = Rule(
    title="Revoked regulation is cited",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 80.46",)),
    fixer=Fixer.AUTHOR,
    why="Readers look up rules that have not held since 2016, and doubt the rest of the page.",
    since="0.1.0",
    best_practice=True,
)


_OLD = re.compile(r"\b(?:O\.? ?Reg\.?|Ontario Regulation|Regulation|Règl\.? de l.Ont\.?)\s*429/07\b", re.IGNORECASE)
#: Words that say that it is history.
_PAST = re.compile(
    r"\b(?:revoked|repealed|replaced|former|formerly|no longer|until 2016|abrogé|remplacé|ancien)\b", re.IGNORECASE
)
#: Characters around a citation in which it is told to be history.
NEAR = 120


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages that cite it."""
    yield from (SitePlace(page.address) for page in readable(site) if _OLD.search(page.main_text))


def expect(site: Site, target: SitePlace) -> Result:
    text = site.pages[target.page or "/"].main_text
    around = (text[max(0, found.start() - NEAR) : found.end() + NEAR] for found in _OLD.finditer(text))
    if all(_PAST.search(each) for each in around):
        return passed()
    return failed(
        "The page cites O. Reg. 429/07, which was revoked on July 1, 2016.",
        "Cite O. Reg. 191/11, Part IV.2 (customer service standards), and check that the text agrees with it.",
    )
