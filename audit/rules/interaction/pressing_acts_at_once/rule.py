"""Pressing alone does something that letting go elsewhere does not undo."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import is_taken_hold_of
from audit.semantics.keyboard_walk import label
from audit.semantics.reactions import happening, reaction, tried

RULE = Rule(
    title="Pressing alone acts",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.5.2",)),
    fixer=Fixer.THEME,
    why="People whose hands shake touch the wrong place and slide off it to let go; by then it has happened.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that listen to being pressed; sliders and drawing areas are used that way by nature."""
    for element, _ in tried(page, "press"):
        yield element


def expect(page: Page, target: Element) -> Result:
    set_off = reaction(page, "press", target)
    assert set_off is not None
    name = label(target, page.document.visible_text(target))
    fix = "Listen to click in the place of mousedown or pointerdown."
    if happens := happening(set_off):
        return failed(f"{name} {happens} as soon as it is pressed, before it is let go.", fix)
    # What is taken hold of follows the pointer from the press on.
    if set_off.stays and not is_taken_hold_of(page.document, target):
        return ask(
            f"{name} changes the page as soon as it is pressed, also when it is let go elsewhere. Can that be undone?",
            fix,
        )
    return passed()
