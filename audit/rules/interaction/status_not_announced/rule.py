"""A press writes a message into the page, away from where focus is, and nothing announces it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Activation, Written
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import activated, activation, overlay
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Who hears what a press changed?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.3",)),
    fixer=Fixer.THEME,
    why="A screen reader says nothing: people press again, and put the book into their bag twice.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: Characters of a message; what is longer is content that was asked for.
LONGEST = 100


def applies(page: Page) -> Iterable[Element]:
    """Controls that were pressed with a key, kept focus and changed a text of the page."""
    for element, told in activated(page):
        if told.by == "Enter" and told.focus == told.node and told.written:
            yield element


def expect(page: Page, target: Element) -> Result:
    told = activation(page, target)
    assert told is not None
    document = page.document
    said = _messages(told)
    own = {target.node, *(each.node for each in document.descendants(target))}
    away = [each for each in said if each.node not in own]
    tells_state = any(
        target.has(name)
        for name in ("aria-expanded", "aria-pressed", "aria-checked", "aria-selected", "aria-controls", "aria-haspopup")
    )
    announced = any(each.live for each in told.written) or any(each.live for each in told.appeared)
    # What a button shows and hides is told as such (toggle-without-state).
    if not away or announced or tells_state or told.hides or told.left or overlay(told) is not None:
        return passed()
    return ask(
        f"{label(target, document.text(target))} writes “{away[0].text[:60]}” into the page. How does a screen reader learn of it?",
        'Write it into an element with role="status" that was there before.',
        condition=Condition.KEYBOARD,
    )


def _messages(told: Activation) -> list[Written]:
    """Short texts that are other than before, outside of what is announced."""
    return [each for each in told.written if not each.live and 0 < len(each.text) <= LONGEST]
