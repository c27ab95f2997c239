"""Text must be scrolled sideways to be read in a window of 320 px."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.model.document import Box, Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.clipping import own_boxes
from audit.semantics.derived_facts import remembered
from audit.semantics.words import has_words

RULE = Rule(
    title="Reading needs sideways scrolling",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.10",)),
    fixer=Fixer.THEME,
    why="People who zoom to 400 % must scroll back and forth for every line.",
    since="0.1.0",
    needs=frozenset({Condition.NARROW}),
)
#: Parts whose meaning needs two dimensions (1.4.10 names them): they may be wider.
_TWO_DIMENSIONS = frozenset(
    {
        "table",
        "pre",
        "code",
        "samp",
        "kbd",
        "svg",
        "math",
        "canvas",
        "video",
        "iframe",
        "object",
        "embed",
        "img",
        "map",
        "textarea",
        "select",
    }
)
_WIDE_ROLES = frozenset(
    {"table", "grid", "treegrid", "toolbar", "application", "figure", "img", "image", "math", "code"}
)
#: CSS px that a line may be wider than the window: borders and rounding.
TOLERANCE = 4.0


def applies(page: Page) -> Iterable[Element]:
    """Elements with rendered text of their own, outside of what needs two dimensions."""
    document = page.under(Condition.NARROW)
    if document is None:
        return
    for element in document:
        if (
            element.rendered
            and element.exposed
            and element.frame is None
            and own_boxes(element)
            and has_words(document.text(element))
            and not _is_exempt(document, element)
        ):
            yield element


def _is_exempt(document: Document, element: Element) -> bool:
    return document.closest(element, lambda each: each.tag in _TWO_DIMENSIONS or each.role in _WIDE_ROLES) is not None


def expect(page: Page, target: Element) -> Result:
    document = page.under(Condition.NARROW)
    assert document is not None
    boxes = own_boxes(target)
    width = document.width
    line = max((box.width for box in boxes), default=0.0)
    text = " ".join(document.visible_text(target).split())[:60]
    fix = "Let the text wrap: no width in px above 320, no white-space: nowrap; overflow-wrap: anywhere for long words."
    scroller = _scroller(document).get(target.index)
    # What is cut off instead of scrolled is another fault, told by another rule.
    if scroller is not None and scroller.style.get("overflow-x") in {"hidden", "clip"}:
        return passed(clipped=True)
    if line > width + TOLERANCE and (scroller is not None or document.scroll_width > width + TOLERANCE):
        return failed(
            f"At 320 px a line of “{text}” is {line:.0f} px wide: it must be scrolled sideways to be read.",
            fix,
            condition=Condition.NARROW,
            width=round(line),
            limit=width,
        )
    boxes = [box for box in boxes if not _is_pushed_out(document, target, box)]
    beyond = max((box.right for box in boxes), default=0.0)
    if (
        scroller is None
        and document.scroll_width > width + TOLERANCE
        and beyond > width + TOLERANCE
        and min(box.x for box in boxes) < document.scroll_width
    ):
        return failed(
            f"At 320 px the page is {document.scroll_width:.0f} px wide, and “{text}” ends at {beyond:.0f} px.",
            fix,
            condition=Condition.NARROW,
            width=round(document.scroll_width),
            limit=width,
        )
    return passed(width=round(line))


def _is_pushed_out(document: Document, target: Element, box: Box) -> bool:
    """Whether it only follows, on its line, a part of the text that runs out of the window and is told itself."""
    if box.x < document.width:
        return False
    block = document.closest(target, lambda each: each.style.get("display", "inline") != "inline") or target
    return any(
        own.x < document.width < own.right <= box.x + 1 and own.y < box.bottom and box.y < own.bottom
        for each in (block, *document.descendants(block))
        if each.index != target.index and not _is_exempt(document, each)
        for own in own_boxes(each)
    )


@remembered
def _scroller(document: Document) -> Mapping[int, Element]:
    """The nearest ancestor that scrolls sideways or hides what is beside it, by element."""
    found: dict[int, Element] = {}
    for element in document:
        if element.parent is None:
            continue
        above = document[element.parent]
        if above.tag not in {"html", "body"} and above.style.get("overflow-x", "visible") in {
            "auto",
            "scroll",
            "hidden",
            "clip",
        }:
            found[element.index] = above
        elif element.style.get("overflow-x") in {"auto", "scroll", "hidden", "clip"} and element.tag not in {
            "html",
            "body",
        }:
            found[element.index] = element
        elif above.index in found:
            found[element.index] = found[above.index]
    return found
