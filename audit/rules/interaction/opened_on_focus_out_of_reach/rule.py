"""What opens when something takes the focus holds controls, and no key leads to them."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Opened by focus, closed to keys",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard see links and days before them, and the next key closes them.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton", "date"})


def applies(page: Page) -> Iterable[Element]:
    """Elements with focus on which something with controls in it appears."""
    for told in page.observed.focus_openings:
        element = page.document.by_node.get(told.node)
        if element is not None and told.acting:
            yield element


def expect(page: Page, target: Element) -> Result:
    told = next(each for each in page.observed.focus_openings if each.node == target.node)
    if told.reached or told.arrows:
        return passed(reached=True)
    text = told.appeared[0].text[:60]
    what = label(target, page.document.text(target))
    fix = "Keep it open while focus moves into it, and let Tab or the arrow keys lead to what is in it."
    met = {stop.node for stop in (page.keyboard.forward if page.keyboard else ())}
    parts = {each.node for each in told.appeared if each.node is not None}
    inside = {
        each.node
        for node in parts
        if node in page.document.by_node
        for each in page.document.descendants(page.document.by_node[node])
    }
    if met & inside:
        return passed(walked=True)
    # What is chosen in a panel can mostly be typed into its field as well.
    if target.role in _TYPED:
        return ask(
            f"With focus on {what}, “{text}” opens, and neither Tab nor an arrow key leads into it. Can the same be typed?",
            fix,
            condition=Condition.KEYBOARD,
        )
    return failed(
        f"With focus on {what}, “{text}” opens, and neither Tab nor an arrow key leads into it.",
        fix,
        condition=Condition.KEYBOARD,
        acting=told.acting,
    )
