"""A button shows and hides a part of the page, or is switched on and off, and does not say which of the two it has done."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Activation
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated, activation, overlay
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Open or closed?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.THEME,
    why="A screen reader says the same before and after, and people press again and close what they opened.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_TOGGLED = ("aria-expanded", "aria-pressed", "aria-checked", "aria-selected")
_STATES = ("aria-expanded", "aria-pressed", "aria-checked", "aria-selected", "aria-haspopup", "aria-current")


def applies(page: Page) -> Iterable[Element]:
    """Controls that kept focus and made text appear on the page, or that look another way after every press."""
    for element, told in activated(page):
        if element.tag != "summary" and (_shows(told) or told.toggles or _is_chosen(element, told)):
            yield element


def _is_chosen(element: Element, told: Activation) -> bool:
    """Whether it took the look of another one beside it, as the chosen one of several has it. What shows and hides
    parts of the page is a tab, and where one is in a list of links, they tell by aria-current: both are told elsewhere.
    """
    parts = told.appeared or told.gone or told.left
    return told.swapped is not None and not parts and element.role == "button"


def _shows(told: Activation) -> bool:
    if overlay(told) is not None or told.left or told.inside or told.by != "Enter" or told.focus != told.node:
        return False
    return any(each.text and not each.live for each in told.appeared)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    told = activation(page, target)
    assert told is not None
    stale = next((name for name in _TOGGLED if target.has(name)), None) if told.stale else None
    if stale is not None and (told.toggles or told.hides):
        what = "looks different after one press, and as before after the next"
        if not told.toggles:
            what = f"shows “{next(each.text for each in told.appeared if each.text)[:60]}” and hides it again"
        return failed(
            f"{label(target, document.text(target))} {what}, and {stale} stays “{target.get(stale)}” all the while.",
            f"Change {stale} with every press: “true” while it is on or open, “false” otherwise.",
            condition=Condition.KEYBOARD,
        )
    # The browser itself says of the button of a popover whether that is open.
    own_state = target.accessible is not None and "expanded" in target.accessible.states
    if own_state or any(target.has(name) for name in _STATES):
        return passed(state=True)
    if told.toggles:
        return failed(
            f"{label(target, document.text(target))} looks different after one press, and as before after the next, and nothing tells "
            "whether it is on.",
            'Set aria-pressed to "true" and "false" on it, or change its words (“Save”, “Saved”).',
            condition=Condition.KEYBOARD,
        )
    if _is_chosen(target, told) and told.swapped is not None:
        other = document.by_node[told.swapped]
        if any(other.has(name) for name in _STATES):
            return passed(state=True)
        return failed(
            f"{label(target, document.text(target))} looks chosen after a press, in the place of {label(other, document.text(other))}, "
            "and nothing tells which of them is.",
            'Set aria-pressed to "true" on the chosen one and to "false" on the others, or use radio buttons.',
            condition=Condition.KEYBOARD,
        )
    own = {target.node, *(each.node for each in document.descendants(target))}
    if any(each.node in own for each in told.written) or target.node in told.gone:
        return passed(name_changes=True)
    # What only ever shows more (results, a message, the rest of a text) is neither open nor closed.
    if told.hides is False or any(told.fields):
        return passed(hides=False)
    shown = next(each.text for each in told.appeared if each.text)
    if told.hides:
        return failed(
            f"{label(target, document.text(target))} shows “{shown[:60]}” and hides it again, and nothing tells whether it is open.",
            "Set aria-expanded to true and false on it; or use <details> and <summary>, which do so by themselves.",
            condition=Condition.KEYBOARD,
        )
    return ask(
        f"{label(target, document.text(target))} shows “{shown[:60]}”. Does it also hide it again? Then nothing tells whether it is open.",
        "Set aria-expanded to true and false on it; or use <details> and <summary>, which do so by themselves.",
        condition=Condition.KEYBOARD,
    )
