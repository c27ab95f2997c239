"""A dialog closes, and focus is lost."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import activated, opened_by, overlay
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Where is focus after the dialog?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.3",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard begin at the top of the page again after every dialog.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Controls that opened something over the page."""
    for element, told in activated(page):
        if told.escape_closes and overlay(told) is not None:
            yield element


def expect(page: Page, target: Element) -> Result:
    told, _ = opened_by(page, target)
    if told.focus_back or not (told.inside or told.tab_inside):
        return passed()
    return ask(
        f"After Escape closed what {label(target, page.document.text(target))} had opened, focus was not on it again. Is it in a useful place?",
        "When the dialog closes, give focus back to the control that opened it.",
        condition=Condition.KEYBOARD,
    )
