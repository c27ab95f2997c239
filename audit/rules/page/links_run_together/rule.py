"""Links stand side by side with nothing between them but a space."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element, TextRun
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Links with nothing between them",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="They look and sound like one long link, and people who zoom in or tremble hit the wrong one.",
    since="0.1.0",
    best_practice=True,
)
_BEGINS, _ENDS = frozenset("([{«“‘"), frozenset(")]}»”’")
#: CSS px between two links on one line; a space is about 4.
GAP = 8
_BOXED = ("padding-left", "padding-right", "border-left-width", "border-right-width")


def applies(page: Page) -> Iterable[Element]:
    """Text links directly after another text link, in one line of text."""
    for link in page.document.tags("a"):
        if _is_text_link(page, link) and _before(page, link) is not None:
            yield link


def expect(page: Page, target: Element) -> Result:
    before = _before(page, target)
    assert before is not None
    first, second = _last_line(before), _first_line(target)
    # A bracket of either is a sign between them.
    if page.document.text(before).rstrip()[-1:] in _ENDS or page.document.text(target).lstrip()[:1] in _BEGINS:
        return passed()
    # On two lines, or set apart by space, they are told apart.
    if first is None or second is None or not first.overlaps_row(second) or second.left - first.right > GAP:
        return passed()
    return failed(
        f"“{page.document.text(before)[:40]}” and “{page.document.text(target)[:40]}” are two links with only a space between them.",
        "Write them as a list, or put a word, a comma or a line between them.",
        before=page.document.text(before)[:80],
    )


class _Line:
    def __init__(self, left: float, right: float, top: float, bottom: float) -> None:
        self.left, self.right, self.top, self.bottom = left, right, top, bottom

    def overlaps_row(self, other: _Line) -> bool:
        return self.top < other.bottom and other.top < self.bottom


def _is_text_link(page: Page, link: Element) -> bool:
    return (
        link.has("href")
        and link.rendered
        and link.style.get("display") == "inline"
        and bool(page.document.visible_text(link))
        # A background or border around each shows where one ends.
        and link.style.get("background-color") in {"rgba(0, 0, 0, 0)", "transparent"}
        and all(link.style.get(edge, "0px") == "0px" for edge in _BOXED)
    )


def _before(page: Page, link: Element) -> Element | None:
    """The text link that ends where this one begins, with white space between at most."""
    parent = page.document.parent(link)
    if parent is None:
        return None
    before: Element | None = None
    for child in parent.content:
        if isinstance(child, TextRun):
            if child.text.strip():
                before = None
            continue
        element = page.document[child]
        if element.index == link.index:
            return before
        if _is_text_link(page, element):
            before = element
        elif element.rendered or element.tag == "br":
            before = None
    return None


def _lines(link: Element) -> list[_Line]:
    return [
        _Line(box.x, box.right, box.y, box.bottom)
        for child in link.content
        if isinstance(child, TextRun)
        for box in child.boxes
        if box.area
    ]


def _first_line(link: Element) -> _Line | None:
    lines = _lines(link)
    return lines[0] if lines else None


def _last_line(link: Element) -> _Line | None:
    lines = _lines(link)
    return lines[-1] if lines else None
