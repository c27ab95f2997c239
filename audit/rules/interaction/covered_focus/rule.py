"""The element that has focus is hidden behind something that lies on it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import covered, label, stops

RULE = Rule(
    title="The focused element is covered",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.11",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard lose the place where they are when a bar or banner covers it.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that Tab reached and that lay in the window."""
    for node, stop in covered(page).items():
        element = page.document.by_node.get(node)
        if element is not None and stop.box is not None and stop.box.area >= 16:
            yield element


def expect(page: Page, target: Element) -> Result:
    stop = covered(page)[target.node]
    what = label(target, page.document.text(target))
    cover = page.document.by_node.get(stop.covered_by) if stop.covered_by is not None else None
    if cover is None:
        return passed(share=stop.covered_share)
    name = label(cover, page.document.visible_text(cover))
    # What is painted in place of a native control (a styled checkbox) shows its focus for it.
    if target.tag in {"input", "select", "textarea"} and _is_shown_by_another(page, target):
        return passed(share=stop.covered_share)
    sticks = page.document.closest(cover, lambda each: each.style.get("position") in {"fixed", "sticky"})
    if sticks is not None and stop.covered_share >= 1:
        return failed(
            f"When {what} has focus, {name} covers all of it.",
            "Give the page scroll-padding as high as the bar that sticks, or let the bar not stick.",
            condition=Condition.KEYBOARD,
            covered_by=cover.selector,
            share=stop.covered_share,
        )
    return ask(
        f"When {what} has focus, {name} seems to cover it. Can you see any part of it?",
        "Move what covers it, or close it when focus leaves it.",
        condition=Condition.KEYBOARD,
        covered_by=cover.selector,
        share=stop.covered_share,
    )


def _is_shown_by_another(page: Page, target: Element) -> bool:
    met = stops(page).get(target.node)
    return met is not None and (met.changed_pixels or 0) > 0
