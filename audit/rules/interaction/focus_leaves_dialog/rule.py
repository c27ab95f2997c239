"""Tab leads out of an open dialog to the page behind it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Activation, Opened
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated, activation, said_in
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Tab leads behind the open dialog",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.3",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard go on among things that are covered, and a screen reader falls silent there.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: Share of the window that something must fill to hide the page behind it.
FILLS = 0.5


def applies(page: Page) -> Iterable[Element]:
    """Controls that opened a modal dialog, or something fixed that fills the window, and put focus into it."""
    for element, told in activated(page):
        if told.inside and _covering(told) is not None:
            yield element


def _covering(told: Activation) -> Opened | None:
    """What appeared, the modal first."""
    modal = [each for each in told.appeared if each.modal]
    filling = [each for each in told.appeared if each.position == "fixed" and each.share >= FILLS and each.focusable]
    return next(iter((*modal, *filling)), None)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    told = activation(page, target)
    shown = _covering(told) if told else None
    end = document.by_node.get(told.tab_leaves) if told and told.tab_leaves is not None else None
    if shown is None or end is None:
        return passed()
    fix = "Open it as <dialog> with showModal(): the browser then keeps focus in it, and gives it back."
    what = f"{label(target, document.text(target))} opens {said_in(shown)}"
    to = label(end, document.text(end))
    if shown.modal:
        return failed(
            f"{what}, which says that nothing else can be used (aria-modal), and Tab leads out of it to {to}.",
            fix,
            condition=Condition.KEYBOARD,
        )
    return ask(
        f"{what} over the page, and Tab leads out of it to {to}. Can a person see {to} then?",
        fix,
        condition=Condition.KEYBOARD,
    )
