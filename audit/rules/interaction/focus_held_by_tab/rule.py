"""Tab and Shift+Tab, and the other usual keys, do not lead out of a part of the page."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.keyboard_walk import label, ring

RULE = Rule(
    title="Usual keys do not lead out",
    family=Family.INTERACTION,
    requirements=Requirements(act=("a1b64e",)),
    fixer=Fixer.THEME,
    why="People try Tab, Shift+Tab and Escape; who does not find another key stays caught.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """The first element of the ring; without a ring, everything that Tab reaches."""
    caught = ring(page)
    if caught is not None:
        yield caught.elements[0]
        return
    for element in page.document:
        if element.tabbable and element.rendered:
            yield element


def expect(page: Page, target: Element) -> Result:
    caught = ring(page)
    if caught is None or caught.standard or caught.whole:
        return passed()
    names = ", ".join(label(each, page.document.text(each)) for each in caught.elements[:4])
    return failed(
        f"Focus goes round among {names}: Tab, Shift+Tab, Escape and the arrow keys do not lead out.",
        "Let Tab and Shift+Tab move on, or close the part with Escape.",
        condition=Condition.KEYBOARD,
    )
