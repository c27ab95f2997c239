"""A control is pressed and goes, and nothing has the focus afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import activated, activation, overlay
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Where is focus after the press?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.3",)),
    fixer=Fixer.THEME,
    why="A screen reader falls silent or begins at the top of the page, and people who use a keyboard have lost their place.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_HOW = {"removed": "was removed", "disabled": "was switched off", "hidden": "was hidden"}


def applies(page: Page) -> Iterable[Element]:
    """Controls that were pressed with Enter and changed the page, and led nowhere else."""
    for element, told in activated(page):
        # Where focus goes when something opens over the page is told of that.
        if told.by == "Enter" and told.changed and not told.left and overlay(told) is None:
            yield element


def expect(page: Page, target: Element) -> Result:
    told = activation(page, target)
    if told is None or told.lost not in _HOW:
        return passed()
    return ask(
        f"{label(target, page.document.text(target))} {_HOW[told.lost]} when it was pressed, and nothing had the focus afterwards. "
        "Do people who use a keyboard or a screen reader go on where they were?",
        "Give focus to what comes next: the next item, the heading of the new part, or the control that takes its place. "
        'A control that waits can keep the focus with aria-disabled="true" in the place of disabled.',
        condition=Condition.KEYBOARD,
        how=told.lost,
    )
