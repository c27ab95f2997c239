"""A site should not promise that it complies with the law or is fully accessible."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import readable
from audit.semantics.words import sentences

RULE = Rule(
    title="Compliance is promised",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 1",)),
    fixer=Fixer.AUTHOR,
    why="People who meet a barrier all the same feel that they are not believed, and the promise cannot be kept by a test.",
    since="0.1.0",
    best_practice=True,
)


_CLAIM = re.compile(
    r"\b(?:AODA|WCAG|ADA|LAPHO)[- ](?:compliant|certified|conforme|certifié)\b"
    r"|\b(?:fully|100 ?%|completely) (?:accessible|compliant)\b"
    r"|\bfull compliance with the (?:AODA|Accessibility for Ontarians)",
    re.IGNORECASE,
)
#: A sentence that doubts, denies, asks or plans makes no promise.
_OTHERWISE = re.compile(
    r"\b(?:not|never|no|cannot|if|whether|when|until|may|aim|aims|goal|strive|strives|working|work|towards?|plan|become|make|test|tested|says?|called)\b|n't|\?",
    re.IGNORECASE,
)
#: A claim about the site, not about a building.
_SITE = re.compile(r"\b(?:web ?site|site|pages?|web|online|portal|app|documents?)\b", re.IGNORECASE)


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages with a sentence that speaks of it."""
    for page in readable(site):
        if any(_CLAIM.search(sentence) for sentence in sentences(page.main_text)):
            yield SitePlace(page.address)


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    quote = next((sentence for sentence in sentences(page.main_text) if _promises(sentence)), None)
    if quote is None:
        return passed()
    return failed(
        f"“{quote[:200]}”: no test can prove this.",
        "Say which standard you work to, when and how it was checked, what is known not to meet it, and whom to tell.",
    )


def _promises(sentence: str) -> bool:
    return bool(_CLAIM.search(sentence) and _SITE.search(sentence) and not _OTHERWISE.search(sentence))
