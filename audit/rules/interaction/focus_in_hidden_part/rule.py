"""Tab comes to something that is hidden from screen readers."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.keyboard_walk import label, stops

RULE = Rule(
    title="Focus in a hidden part",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.2",), act=("6cfa84",)),
    fixer=Fixer.THEME,
    why="People with a screen reader press Tab and hear nothing: the focus is on something they are not told of.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    axe=("aria-hidden-focus",),
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered parts with ``aria-hidden``, of which is known whether Tab comes into them."""
    document = page.document
    for element in document:
        if element.get("aria-hidden") != "true" or not element.rendered:
            continue
        # What could take focus but was never met may be guarded by a script; nothing is said of it here.
        if not _tabbable(page, element) or _met(page, element) is not None:
            yield element


def _tabbable(page: Page, part: Element) -> list[Element]:
    return [each for each in (part, *page.document.descendants(part)) if each.tabbable and each.frame == part.frame]


def _met(page: Page, part: Element) -> Element | None:
    reached = stops(page)
    return next((each for each in _tabbable(page, part) if each.node in reached), None)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    reached = _met(page, target)
    if reached is None:
        return passed()
    return failed(
        f"Tab comes to {label(reached, document.text(reached))}, which is hidden from screen readers by aria-hidden.",
        "Take aria-hidden away; or take the control out of the order as well (inert, hidden, disabled).",
        reached=reached.selector,
    )
