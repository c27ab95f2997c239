"""Taking focus alone leads to another page, opens a window or a message."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label
from audit.semantics.reactions import happening, reaction, tried

RULE = Rule(
    title="Taking focus starts something",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.2.1",)),
    fixer=Fixer.THEME,
    why="People who go through a page with the Tab key are taken away before they know where they were.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that Tab comes to and that listen to focus, themselves or above."""
    for element, _ in tried(page, "focus"):
        yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    set_off = reaction(page, "focus", target)
    assert set_off is not None
    name = label(target, document.visible_text(target))
    fix = "Do it when the control is pressed (click), not when it takes focus."
    if happens := happening(set_off):
        return failed(f"{name} {happens} as soon as it takes focus.", fix, Condition.FOCUS)
    # A stop at the edge of a dialog that nobody sees or hears sends focus back into it.
    met = target.exposed and target.box is not None and target.box.right > 0 and target.box.bottom > 0
    if set_off.moved and met and (target.name or document.visible_text(target)):
        return ask(
            f"{name} gives focus to something else as soon as it has it. Do people know where they are then?",
            fix,
            Condition.FOCUS,
        )
    return passed()
