"""The alternative of an image begins by saying that it is an image."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Alternative begins with “image of”",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader says “image” by itself, so people hear “image, image of a lamp”.",
    since="0.1.0",
    aliases=(
        "alternative-says-picture",
        "picture-announced-twice",
    ),
    best_practice=True,
)
#: Kinds such as photograph, drawing or map may matter; that it is an image is said anyway.
_BEGINS = re.compile(
    r"^(?:an?\s+|the\s+|this\s+is\s+an?\s+|une?\s+|l[’'])?(?:image|picture|pic|graphic|img)\s+(?:of|showing|shows|d[eu]\b|d[’']|montrant)\b",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed images that have an alternative text."""
    for element in page.document.tags("img", "area", "input"):
        if element.exposed and (element.get("alt") or "").strip():
            yield element


def expect(page: Page, target: Element) -> Result:
    alternative = " ".join((target.get("alt") or "").split())
    found = _BEGINS.match(alternative)
    if found is None:
        return passed()
    rest = alternative[found.end() :].strip(" :’'")
    better = f": “{rest[:1].upper()}{rest[1:60]}”" if rest else ""
    return failed(
        f"The alternative “{alternative[:70]}” begins with “{found.group(0)}”.", f"Begin with what it shows{better}."
    )
