"""Tab goes back where the eye goes on."""

from __future__ import annotations

import re
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
#: Share of the narrower of two elements that must lie in one column with the other, or of the lower one in one row.
COLUMN = 0.5
#: In these a style sheet may put parts elsewhere than they are written.
_PLACED = frozenset({"grid", "inline-grid", "flex", "inline-flex"})
#: Parts of a page of which each is read to its end.
_PARTS = frozenset({"article", "aside", "footer", "header", "main", "nav", "search", "section"})
_FIELDS = frozenset({"input", "select", "textarea"})
_LIFTED = frozenset({"fixed", "sticky", "absolute"})


def applies(page: Page) -> Iterable[Element]:
    """The first element of a part of the page to which Tab goes back, within one column or row; else the first stop."""
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
    return next(
        (
            (one, two)
            for one, two in pairwise(met)
            if (_above(one, two) or _row_above(document, one, two) or _before(document, one, two))
            and _together(document, one, two)
        ),
        None,
    )


def _above(first: Element, second: Element) -> bool:
    """Whether the second lies wholly above the first, in the same column."""
    one, two = first.box, second.box
    assert one is not None
    assert two is not None
    shared = min(one.right, two.right) - max(one.x, two.x)
    return two.bottom <= one.y and shared >= COLUMN * min(one.width, two.width)


def _row_above(document: Document, first: Element, second: Element) -> bool:
    """Whether the rows that they are in lie so: what the nearest element around both holds, each in one of its parts."""
    ones = [first, *document.ancestors(first)]
    twos = [second, *document.ancestors(second)]
    known = {each.index for each in twos}
    at = next((at for at, each in enumerate(ones) if each.index in known), 0)
    row = ones[at - 1] if at else first
    other = next((each for each, up in pairwise(twos) if up.index == ones[at].index), second)
    return (
        row.box is not None and other.box is not None and bool(row.box.area and other.box.area) and _above(row, other)
    )


def _before(document: Document, first: Element, second: Element) -> bool:
    """Whether both are fields of one row and the second is read before the first. Buttons are often turned round."""
    one, two = first.box, second.box
    if one is None or two is None or not {first.tag, second.tag} <= _FIELDS:
        return False
    shared = min(one.bottom, two.bottom) - max(one.y, two.y)
    from_right = document.root.style.get("direction") == "rtl"
    earlier = two.x >= one.right if from_right else two.right <= one.x
    return earlier and shared >= COLUMN * min(one.height, two.height)


def _together(document: Document, first: Element, second: Element) -> bool:
    """Whether both are of one form, list, menu or group, or of one part that a style sheet lays out. Columns of text
    are each read to the end before the next.
    """
    groups = {"form", "fieldset", "ul", "ol", "nav", "table", "menu"}
    above = list(document.ancestors(first))
    around = {each.index for each in above if each.tag in groups or each.role == "group"}
    others = list(document.ancestors(second))
    if not any(each.index in around for each in others) and not _laid_out(above, others):
        return False
    return not any(float(each.style.get("column-count", "1").replace("auto", "1")) > 1 for each in above)


def _laid_out(above: list[Element], others: list[Element]) -> bool:
    """Whether the nearest part around both places what is in it, and neither is in a part of the page within it."""
    known = {each.index: at for at, each in enumerate(others)}
    for at, each in enumerate(above):
        if each.index in known:
            between = [*above[:at], *others[: known[each.index]]]
            return each.style.get("display") in _PLACED and not any(inner.tag in _PARTS for inner in between)
    return False


def expect(page: Page, target: Element) -> Result:
    document = page.document
    met = _met(page)
    back = _first_back(document, met)
    if back is None or back[1].node != target.node:
        return passed(stops=len(met))
    by_hand = any(re.fullmatch(r"\s*+\+?0*[1-9][0-9]*\s*", each.get("tabindex") or "") for each in met)
    one, two = (label(each, document.visible_text(each)) for each in back)
    up = _above(*back) or _row_above(document, *back)
    where = "up to {}, which is above it" if up else "back to {}, which comes before it"
    return ask(
        f"Tab goes from {one} {where.format(two)}. Is that the order to fill them in?",
        "Take positive tabindex values away."
        if by_hand
        else "Put them into the code in the order in which they are seen.",
        tabindex=by_hand,
    )
