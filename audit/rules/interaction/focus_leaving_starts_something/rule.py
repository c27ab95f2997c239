"""Losing focus alone leads to another page, opens a window or a message."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.keyboard_walk import label
from audit.semantics.reactions import happening, reaction, tried

RULE = Rule(
    title="Losing focus starts something",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.2.5",)),
    fixer=Fixer.THEME,
    why="People who go on with the Tab key, or only look around, are taken away from what they were doing.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that Tab comes to and that listen to the loss of focus, themselves or above."""
    for element, _ in tried(page, "leave"):
        yield element


def expect(page: Page, target: Element) -> Result:
    set_off = reaction(page, "leave", target)
    assert set_off is not None
    happens = happening(set_off)
    if not happens:
        return passed()
    return failed(
        f"{label(target, page.document.visible_text(target))} {happens} as soon as focus leaves it.",
        "Do it when somebody presses a button, not when they leave the field.",
        Condition.FOCUS,
    )
