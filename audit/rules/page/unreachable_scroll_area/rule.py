"""A part of the page scrolls by itself, and the keyboard cannot get into it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Box, Document, Element, TextRun
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import explicit_role
from audit.semantics.text_blocks import pixels

RULE = Rule(
    title="A scroll area keyboards cannot reach",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.1.1", "2.1.3"), act=("0ssw9k",)),
    fixer=Fixer.THEME,
    why="People without a mouse cannot scroll to what is cut off.",
    since="0.1.0",
    axe=("scrollable-region-focusable",),
    needs=frozenset({Condition.NARROW}),
)
_SCROLLS = frozenset({"auto", "scroll"})
#: CSS px; less than a line of text is a margin that sticks out, not content.
LEAST = 13
_OWN_KEYS = frozenset({"textarea", "select", "iframe", "input", "html", "body"})
#: What shows something without holding text.
_SEEN = frozenset({"img", "svg", "canvas", "video", "audio", "iframe", "object", "embed", "math", "meter", "progress"})
#: Scrolled by the keys of the field they belong to.
_POPUPS = frozenset({"listbox", "menu", "tree", "grid", "dialog"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements with more content than they show and a way to scroll, in a wide window or at 320 px."""
    wide = [element for element in page.document if _scrolls(page.document, element)]
    yield from wide
    narrow, told = page.under(Condition.NARROW), {element.node for element in wide}
    if narrow is not None:
        # A script that lets areas take the focus when they begin to scroll does so after a pause.
        yield from (
            element
            for element in narrow
            if element.node not in told and element.get("tabindex") != "-1" and _scrolls(narrow, element)
        )


def _scrolls(document: Document, element: Element) -> bool:
    return (
        element.rendered
        and element.tag not in _OWN_KEYS
        and element.frame is None
        and _hidden_by(document, element) >= 1
    )


def expect(page: Page, target: Element) -> Result:
    condition = None if page.document.by_node.get(target.node) is target else Condition.NARROW
    document = page.document if condition is None else page.documents[condition]
    extent = round(_hidden_by(document, target))
    if extent < LEAST:
        return passed()
    if target.tabbable or any(inner.tabbable and inner.rendered for inner in document.descendants(target)):
        return passed()
    controls = [each for each in document if target in document.referred(each, "aria-controls")]
    if explicit_role(target) in _POPUPS and any(each.tabbable for each in controls):
        return passed()
    where = "At 320 px a part" if condition else "A part"
    return failed(
        f"{where} of this area is out of sight ({extent} px), and nothing in it can take the focus; "
        f"Safari does not give it any by itself: “{' '.join(document.visible_text(target).split())[:50]}…”.",
        'Give the area tabindex="0", a role such as region, and a name; or let it grow with its content.',
        condition=condition,
        hidden=extent,
    )


def _hidden_by(document: Document, element: Element) -> float:
    """How far the content reaches beyond the element in a direction in which it scrolls, in CSS px."""
    box = element.box
    if box is None or not box.area:
        return 0
    down, across = element.style.get("overflow-y") in _SCROLLS, element.style.get("overflow-x") in _SCROLLS
    if not down and not across:
        return 0
    bottom = box.bottom - (pixels(element.style.get("border-bottom-width")) or 0)
    right = box.right - (pixels(element.style.get("border-right-width")) or 0)
    reach = 0.0
    for inner in _boxes(document, element):
        if down:
            reach = max(reach, inner.bottom - bottom)
        if across:
            reach = max(reach, inner.right - right)
    return reach


def _boxes(document: Document, element: Element) -> Iterable[Box]:
    for child in element.content:
        if isinstance(child, TextRun):
            yield from (box for box in child.boxes if box.area)
            continue
        inner = document[child]
        # What is fixed to the window, or moved out for screen readers, does not make the area scroll.
        if inner.style.get("position") in {"fixed", "absolute"} or not inner.rendered:
            continue
        # An empty box that sticks out holds nothing that anybody misses.
        if inner.box is not None and inner.box.area and (inner.tag in _SEEN or inner.natural is not None):
            yield inner.box
        if inner.style.get("overflow-x", "visible") == "visible":
            yield from _boxes(document, inner)
