"""Keyboard focus cannot leave a part of the page."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label, ring

RULE = Rule(
    title="Keyboard focus is trapped",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.2",), act=("80af7b",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard come in and never out again: everything else on the page is lost to them.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    covers=("focus-held-by-tab", "unannounced-keyboard-exit"),
)


def applies(page: Page) -> Iterable[Element]:
    """The first element of the ring; without a ring, everything that Tab reaches."""
    caught = ring(page)
    if caught is not None:
        yield caught.elements[0]
        return
    for element in page.document:
        if element.tabbable and element.rendered:
            yield element


def expect(page: Page, target: Element) -> Result:
    caught = ring(page)
    if caught is None:
        return passed()
    if caught.standard or caught.way_out:
        return passed(key=caught.standard or caught.way_out)
    names = ", ".join(label(each, page.document.text(each)) for each in caught.elements[:4])
    tried = list(page.keyboard.escapes) if page.keyboard else []
    if caught.whole:
        return ask(
            f"Tab and Shift+Tab go round through the whole page, {names} and so on. Can you reach the bars of the browser with the keyboard?"
            if len(caught.elements) > 4
            else f"Tab and Shift+Tab go round through the whole page: {names}. Can you reach the bars of the browser with the keyboard?",
            "Let Tab and Shift+Tab move on; remove the script that moves focus back.",
            tried=tried,
        )
    # At the first or last stop of a page a real browser may take focus to its own controls, which no script sees.
    # Focus that does not move at all, in neither direction, cannot.
    if caught.at_the_edge and len(caught.elements) > 1:
        return ask(
            f"Tab and Shift+Tab stay on {names}. Can you leave with the keyboard, and reach the rest of the page?",
            "Let Tab and Shift+Tab move on; remove the script that moves focus back.",
            tried=tried,
        )
    return failed(
        f"Focus that reaches {names} stays there: neither Tab nor Shift+Tab, Escape, the arrow keys nor a key that the page names leads out.",
        "Let Tab and Shift+Tab move on; remove the script that moves focus back.",
        condition=Condition.KEYBOARD,
        tried=tried,
    )
