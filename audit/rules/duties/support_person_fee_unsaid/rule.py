"""A program with a fee should say what a support person pays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.duties import is_whole, mentions, readable

RULE = Rule(
    title="Fee for support persons: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 80.47",)),
    fixer=Fixer.AUTHOR,
    why="Somebody who cannot come alone does not know whether the visit costs them twice.",
    since="0.1.0",
)


#: An amount of money beside a word for what is charged.
_FEE = re.compile(
    r"\b(?:cost|fee|price|admission|registration|tickets?|coût|prix|frais|entrée)\b[^.!?]{0,60}?"
    r"(?:\$ ?[1-9]\d*|\b[1-9]\d*(?:\.\d\d)? ?(?:dollars|\$))",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"/(?:programs?|events?|workshops?|programmes?|activites)/[^/]+", re.IGNORECASE)
PHRASES = ("support person", "support persons", "support people", "personne de soutien", "personnes de soutien")


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages of one program or event that name an amount to pay."""
    yield from (SitePlace(page.address) for page in readable(site) if _is_paid(page))


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    if mentions(page, PHRASES) or not is_whole(page):
        return passed()
    fee = _FEE.search(page.main_text)
    return ask(
        f"“{fee.group(0) if fee else ''}”: does a support person pay as well? The page does not say.",
        "Say what a support person pays, or that they come in free.",
    )


def _is_paid(page: SitePage) -> bool:
    return _PROGRAM.search(page.address) is not None and _FEE.search(page.main_text) is not None
