"""Something that is called a button does not answer the space bar."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.activation import activated, activation
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="This button ignores the space bar",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="A screen reader says “button”, people press the space bar as on every button, and the page scrolls away instead.",
    since="0.1.0",
    aliases=("button-deaf-to-space",),
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements with the role of a button that are none, and on which the space bar was tried."""
    tried = {element.node for element, told in activated(page) if told.space is not None}
    yield from (element for element in page.document if element.node in tried)


def expect(page: Page, target: Element) -> Result:
    told = activation(page, target)
    if told is None or told.space or not told.did:
        return passed(space=bool(told and told.space))
    return failed(
        f"{label(target, page.document.text(target))} is announced as a button: Enter works, the space bar does nothing.",
        'Use a real <button>; or, if it leads to another page, take role="button" away: it is a link.',
        condition=Condition.KEYBOARD,
    )
