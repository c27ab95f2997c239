"""What appears under the pointer lies on other content, and Escape does not take it away."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.hover import appearing
from audit.semantics.keyboard_walk import label
from audit.semantics.scripting import has_script

RULE = Rule(
    title="Escape does not take it away",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("1.4.13",)),
    fixer=Fixer.THEME,
    why="People who enlarge the screen cannot move the pointer aside without losing their place; it covers what they read.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements on which text appears, on top of other content, while the pointer rests on them."""
    for trigger, shown in appearing(page):
        if shown.covers:
            yield trigger


def expect(page: Page, target: Element) -> Result:
    document = page.document
    shown = next(each for trigger, each in appearing(page) if trigger.node == target.node)
    if shown.escape:
        return passed(text=shown.text)
    fix = "Take it away when Escape is pressed, without the pointer having to move."
    said = f"“{shown.text}” appears when the pointer is on {label(target, document.visible_text(target))} and covers other content"
    if has_script(document):
        return ask(
            f"{said}. Escape does not take it away. What does, without moving the pointer?", fix, Condition.HOVER
        )
    # Style alone can only react to the pointer and to focus.
    return failed(f"{said}. Nothing takes it away while the pointer stays.", fix, Condition.HOVER)
