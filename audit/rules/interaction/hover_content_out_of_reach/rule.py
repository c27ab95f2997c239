"""What appears under the pointer goes when the pointer moves onto it, or by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.hover import appearing
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="It goes when pointed at",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("1.4.13",)),
    fixer=Fixer.THEME,
    why="People who enlarge the screen move the pointer over what appears to read it; then it is gone.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements on which text appears while the pointer rests on them."""
    for trigger, _ in appearing(page):
        yield trigger


def expect(page: Page, target: Element) -> Result:
    document = page.document
    shown = next(each for trigger, each in appearing(page) if trigger.node == target.node)
    if not shown.lasts:
        told = failed(
            f"“{shown.text}” appears when the pointer is on {label(target, document.visible_text(target))}, and goes by "
            "itself while the pointer stays there.",
            "Let it stay until the pointer or focus leaves, or Escape is pressed.",
            condition=Condition.HOVER,
        )
        return replace(told, title="It goes before it is read")
    if shown.reachable:
        return passed(text=shown.text)
    ignored = any(each.style.get("pointer-events") == "none" for each in shown.elements)
    return failed(
        f"“{shown.text}” appears when the pointer is on {label(target, document.visible_text(target))}, and goes when "
        "the pointer moves onto it.",
        "Let it take the pointer: no pointer-events: none."
        if ignored
        else "Leave no gap between the two, or let it go a second later.",
        condition=Condition.HOVER,
        pointer_events=ignored,
    )
