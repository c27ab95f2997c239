"""A press shows another image, and the alternative stays that of the one before."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import activated, activation
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Is the alternative still right?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.THEME,
    why="Blind people hear of the first image while others look at the next.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """Controls that were pressed, on pages with an image that has an alternative."""
    if not any(each.name.strip() for each in page.document.roles("image", "img")):
        return
    yield from (element for element, _ in activated(page))


def expect(page: Page, target: Element) -> Result:
    document = page.document
    told = activation(page, target)
    found = (document.by_node.get(node) for node in (told.images if told else ()) if node is not None)
    images = [element for element in found if element is not None and element.name.strip()]
    if not images:
        return passed()
    return ask(
        f"{label(target, document.text(target))} puts another file in the place of an image, which is still called “{images[0].name[:60]}”. Is that right?",
        "Let the script set the alternative together with the address of the image.",
        condition=Condition.KEYBOARD,
    )
