"""A part that keeps focus does not tell of a key that leads out."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.keyboard_walk import label, ring

RULE = Rule(
    title="The way out is not told",
    family=Family.INTERACTION,
    requirements=Requirements(act=("ebe86a",)),
    fixer=Fixer.THEME,
    why="A key that leads out helps only people who are told of it.",
    since="0.1.0",
    aliases=("untold-way-out",),
    needs=frozenset({Condition.KEYBOARD}),
    best_practice=True,
    covers=("focus-held-by-tab",),
)


def applies(page: Page) -> Iterable[Element]:
    """The first element of a ring that the usual keys do not lead out of."""
    caught = ring(page)
    if caught is not None and caught.standard is None and not caught.whole:
        yield caught.elements[0]


def expect(page: Page, target: Element) -> Result:
    caught = ring(page)
    if caught is None or caught.way_out:
        return passed()
    names = ", ".join(label(each, page.document.text(each)) for each in caught.elements[:4])
    told = (
        f"the page names {', '.join(caught.documented)}, but that does not lead out"
        if caught.documented
        else "the page names no key that leads out"
    )
    return failed(
        f"Focus goes round among {names}, and {told}.",
        "Let Tab move on; or say, before the part begins, which key leads out, and make it work.",
        condition=Condition.KEYBOARD,
    )
