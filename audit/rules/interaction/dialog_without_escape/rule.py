"""A dialog opens, and Escape does not close it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.activation import opened_by, openers, said_in
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Escape does not close the dialog",
    family=Family.INTERACTION,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="People who use a keyboard expect Escape to close what covers the page, and have to look for another way.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Controls that opened something over the page."""
    yield from openers(page)


def expect(page: Page, target: Element) -> Result:
    told, shown = opened_by(page, target)
    if told.escape_closes is not False:
        return passed()
    return failed(
        f"{label(target, page.document.text(target))} opens {said_in(shown)} over the page; Escape leaves it open.",
        "Close it on Escape and give focus back to the control that opened it; <dialog> with showModal() does both.",
        condition=Condition.KEYBOARD,
    )
