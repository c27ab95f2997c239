"""Blocks of text as they are set: a paragraph, a list item, a cell, with its lines.

A block's text is what stands in the element itself and in its inline children; what stands
in a block inside it belongs to that block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audit.model.document import Box, Document, Element, TextRun
from audit.semantics.derived_facts import remembered

_INLINE = frozenset({"inline", "contents", "ruby", "ruby-text", "ruby-base"})
#: Inline in the line, but with lines of their own inside.
_ATOMIC = frozenset({"inline-block", "inline-flex", "inline-grid", "inline-table"})
#: Text in these is typed or shown by the browser, not set by the page.
_NOT_PROSE = frozenset({"script", "style", "noscript", "template", "textarea", "select", "option", "title", "head"})
#: Texts of SVG drawings, and the height of a line over the size of its letters, as browsers set it by themselves.
_DRAWN, _LINE = frozenset({"text", "tspan", "textpath", "textPath"}), 1.17
CODE = frozenset({"pre", "code", "samp", "kbd", "var"})


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block with text that is rendered. ``runs``: its text with the element each part stands in.

    ``lines``: one box per line, from the top.
    """

    element: Element
    runs: tuple[tuple[Element, TextRun], ...]
    text: str
    lines: tuple[Box, ...]

    @property
    def characters_per_line(self) -> float:
        """The mean over the full lines: the last one, mostly shorter, counts by its width."""
        widest = max((line.width for line in self.lines), default=0.0)
        total = sum(line.width for line in self.lines)
        return len(self.text) * widest / total if total else 0.0

    def is_code(self, document: Document) -> bool:
        """Whether it is source code or other text whose lines are fixed."""
        if document.closest(self.element, lambda each: each.tag in CODE) is not None:
            return True
        owners = [owner for owner, run in self.runs if run.text.strip()]
        return bool(owners) and all(
            document.closest(owner, lambda each: each.tag in CODE) is not None for owner in owners
        )


def text_blocks(document: Document) -> Iterable[TextBlock]:
    """Every block of rendered text, in document order."""
    return _by_element(document).values()


def block_of(document: Document, element: Element) -> TextBlock:
    """The block that the element is.

    Raises:
        KeyError: it is none, or has no rendered text of its own.
    """
    return _by_element(document)[element.index]


@remembered
def _by_element(document: Document) -> Mapping[int, TextBlock]:
    return {block.element.index: block for block in _find(document)}


def _find(document: Document) -> Iterator[TextBlock]:
    for element in document:
        if element.tag in _NOT_PROSE or not element.rendered or _is_inline(element):
            continue
        runs = tuple((owner, run) for owner, run in _own_runs(document, element) if owner.rendered and run.boxes)
        text = " ".join("".join(_own_text(document, element)).split())
        if text:
            yield TextBlock(element, runs, text, _lines([box for _, run in runs for box in run.boxes]))


def _is_inline(element: Element) -> bool:
    return element.style.get("display", "inline") in _INLINE


def _own_runs(document: Document, element: Element) -> Iterator[tuple[Element, TextRun]]:
    for child in element.content:
        if isinstance(child, TextRun):
            yield element, child
            continue
        inner = document[child]
        display = inner.style.get("display", "inline")
        if inner.tag not in _NOT_PROSE and display in _INLINE and display not in _ATOMIC:
            yield from _own_runs(document, inner)


def _own_text(document: Document, element: Element) -> Iterator[str]:
    """The text of the block itself that is rendered; a line break parts words."""
    for child in element.content:
        if isinstance(child, TextRun):
            if element.rendered and child.boxes:
                yield child.text
            continue
        inner = document[child]
        display = inner.style.get("display", "inline")
        if inner.tag == "br":
            yield " "
        elif inner.tag not in _NOT_PROSE and display in _INLINE and display not in _ATOMIC:
            yield from _own_text(document, inner)


def _lines(boxes: list[Box]) -> tuple[Box, ...]:
    """Boxes that stand on the same line, joined."""
    lines: list[Box] = []
    for box in sorted((each for each in boxes if each.area), key=lambda each: (each.y + each.height / 2, each.x)):
        last = lines[-1] if lines else None
        middle = box.y + box.height / 2
        if last is not None and last.y <= middle <= last.bottom:
            left, top = min(last.x, box.x), min(last.y, box.y)
            lines[-1] = Box(left, top, max(last.right, box.right) - left, max(last.bottom, box.bottom) - top)
        else:
            lines.append(box)
    return tuple(lines)


def letter_size(element: Element) -> float | None:
    """The size of the letters in CSS px, as they are on the screen; ``None`` where it is not told in px.

    A drawing scales its letters: there the height of their line tells.
    """
    if element.tag in _DRAWN and element.box is not None:
        return element.box.height / _LINE
    return pixels(element.style.get("font-size", "16px"))


def is_pushed_out(element: Element) -> bool:
    """Whether ``text-indent`` moves its text out of sight: far to the left, or by the width of its whole box."""
    indent = element.style.get("text-indent", "0px")
    length = pixels(indent)
    if length is not None:
        return length < -200 or length > 500
    try:
        return indent.endswith("%") and abs(float(indent[:-1])) >= 100
    except ValueError:
        return False


def pixels(value: str | None) -> float | None:
    """A computed length in CSS px; ``None`` for words such as ``normal`` and for shares."""
    if value is None or not value.endswith("px"):
        return None
    try:
        return float(value[:-2])
    except ValueError:
        return None
