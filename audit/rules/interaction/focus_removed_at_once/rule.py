"""An element gives focus away to nothing as soon as it has it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.keyboard_walk import label
from audit.semantics.reactions import happening, reaction, tried

RULE = Rule(
    title="Focus is thrown off",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1", "2.4.7", "3.2.1")),
    fixer=Fixer.THEME,
    why="Somebody without a mouse never gets to the control, and does not see where the focus went.",
    since="0.1.0",
    aliases=("focus-thrown-off",),
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that Tab comes to and that listen to focus, themselves or above."""
    for element, _ in tried(page, "focus"):
        yield element


def expect(page: Page, target: Element) -> Result:
    set_off = reaction(page, "focus", target)
    assert set_off is not None
    if set_off.held or set_off.moved or happening(set_off):
        return passed()
    return failed(
        f"{label(target, page.document.visible_text(target))} loses focus as soon as it takes it.",
        "Take the blur() away. To hide the frame around it for the mouse only, use :focus-visible.",
        Condition.FOCUS,
    )
