"""Tab goes up where the eye goes down."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Is this the order to go?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.3",)),
    fixer=Fixer.THEME,
    why="People who see the focus jump up and down lose it, and fill in a form in an order that makes no sense.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: Share of the narrower of two elements that must lie in one column with the other.
COLUMN = 0.5
_LIFTED = frozenset({"fixed", "sticky", "absolute"})


def applies(page: Page) -> Iterable[Element]:
    """The first element of a part of the page to which Tab goes up, within one column; else the first stop."""
    met = _met(page)
    if len(met) < 2:
        return
    back = _first_back(page.document, met)
    yield back[1] if back is not None else met[0]


def _met(page: Page) -> list[Element]:
    """The elements in the order in which Tab first came to them, those of the page itself that stay in their place."""
    document = page.document
    found: dict[int, Element] = {}
    for stop in page.keyboard.forward if page.keyboard else ():
        element = document.by_node.get(stop.node) if stop.node is not None else None
        if element is None or element.box is None or not element.rendered or element.frame is not None:
            continue
        lifted = any(each.style.get("position") in _LIFTED for each in (element, *document.ancestors(element)))
        if not lifted and element.box.area > 0:
            found.setdefault(element.node, element)
    return list(found.values())


def _first_back(document: Document, met: list[Element]) -> tuple[Element, Element] | None:
    return next(((one, two) for one, two in pairwise(met) if _above(one, two) and _together(document, one, two)), None)


def _above(first: Element, second: Element) -> bool:
    """Whether the second lies wholly above the first, in the same column."""
    one, two = first.box, second.box
    assert one is not None
    assert two is not None
    shared = min(one.right, two.right) - max(one.x, two.x)
    return two.bottom <= one.y and shared >= COLUMN * min(one.width, two.width)


def _together(document: Document, first: Element, second: Element) -> bool:
    """Whether both are of one form, list, menu or group. Columns of text are each read to the end before the next."""
    groups = {"form", "fieldset", "ul", "ol", "nav", "table", "menu"}
    around = {each.index for each in document.ancestors(first) if each.tag in groups or each.role == "group"}
    if not any(each.index in around for each in document.ancestors(second)):
        return False
    return not any(
        float(each.style.get("column-count", "1").replace("auto", "1")) > 1 for each in document.ancestors(first)
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    met = _met(page)
    back = _first_back(document, met)
    if back is None or back[1].node != target.node:
        return passed(stops=len(met))
    by_hand = any(
        (each.get("tabindex") or "0").strip().lstrip("+").isdigit() and int(each.get("tabindex") or 0) > 0
        for each in met
    )
    one, two = (label(each, document.visible_text(each)) for each in back)
    return ask(
        f"Tab goes from {one} up to {two}, which stands above it. Is that the order to fill them in?",
        "Take positive tabindex values away."
        if by_hand
        else "Put them into the code in the order in which they are seen.",
        tabindex=by_hand,
    )
