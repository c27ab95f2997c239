"""A layer opens over the page, and nothing says that it is a dialog."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import opened_by, openers, said_in
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Layer that is not a dialog",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.THEME,
    why="A screen reader does not say that something opened, nor where it ends.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Controls that opened something over the page."""
    yield from openers(page)


def expect(page: Page, target: Element) -> Result:
    _, shown = opened_by(page, target)
    if shown.role:
        return passed(role=shown.role)
    return ask(
        f"{label(target, page.document.text(target))} opens {said_in(shown)} over the page. Is that a dialog? It has no role.",
        "Use <dialog> with showModal(), and name it with aria-labelledby and the id of its heading.",
        condition=Condition.KEYBOARD,
    )
