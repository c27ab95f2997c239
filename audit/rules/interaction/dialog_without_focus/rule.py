"""A dialog opens, and focus stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated, activation, opened_by, openers, said_in, unfolded_elsewhere
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Focus does not move into the dialog",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.3",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard or a screen reader stay behind the dialog and do not learn that it opened.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_CLOSE = re.compile(r"\b(?:close|dismiss|fermer)\b|^\s*[x×✕✖]\s*$", re.IGNORECASE)


def _can_be_closed(page: Page, box: Element) -> bool:
    document = page.document
    for element in document.descendants(box):
        called = " ".join((element.get("aria-label") or "", element.get("title") or "", document.text(element)))
        if len(called) < 40 and _CLOSE.search(called.strip()):
            return True
    return False


def applies(page: Page) -> Iterable[Element]:
    """Controls that opened something over the page, or unfolded something that Tab does not come to next."""
    found = {element.index: element for element in openers(page)}
    found |= {element.index: element for element, told in activated(page) if unfolded_elsewhere(told) is not None}
    yield from (found[index] for index in sorted(found))


def expect(page: Page, target: Element) -> Result:
    what = label(target, page.document.text(target))
    pressed = activation(page, target)
    unfolded = unfolded_elsewhere(pressed) if pressed is not None else None
    if unfolded is not None:
        return ask(
            f"{what} opens {said_in(unfolded)}, and Tab goes on to something else first. Can it be reached in an order that makes sense?",
            "Put what opens right after its control in the code, or move focus into it.",
            condition=Condition.KEYBOARD,
            tab_reaches=False,
        )
    told, shown = opened_by(page, target)
    if told.inside:
        return passed()
    text = said_in(shown)
    fix = "When it opens, move focus to the dialog or its first control; <dialog> with showModal() does that."
    if shown.live and not shown.modal:
        return passed(live=True)
    if shown.role or shown.modal or told.tab_inside is False:
        return failed(
            f"{what} opens {text} over the page, but focus stays where it was.",
            fix,
            condition=Condition.KEYBOARD,
            tab_reaches=told.tab_inside,
        )
    box = page.document.by_node.get(shown.node) if shown.node is not None else None
    if box is not None and _can_be_closed(page, box):
        # The next Tab goes in, so that the order of focus holds (F85 is not met); good practice is missed all the same.
        return replace(
            failed(
                f"{what} opens {text} over the page, which has to be closed again, but focus stays behind.",
                fix,
                condition=Condition.KEYBOARD,
                tab_reaches=told.tab_inside,
            ),
            requirements=Requirements(),
        )
    # The next Tab goes in: whether it is a dialog or a note beside the text decides.
    return ask(
        f"{what} opens {text} over the page, and focus stays behind. Is that a dialog that must be answered or closed?",
        fix,
        condition=Condition.KEYBOARD,
        tab_reaches=told.tab_inside,
    )
