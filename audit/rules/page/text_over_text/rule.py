"""Text runs over other text when it is enlarged or spaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Box, Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.clipping import is_hidden_on_purpose
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import TextBlock, block_of, text_blocks

RULE = Rule(
    title="Text runs over other text",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.4", "1.4.10", "1.4.12")),
    fixer=Fixer.THEME,
    why="People who enlarge or space text cannot read two lines that lie on each other.",
    since="0.1.0",
    needs=frozenset({Condition.SPACING, Condition.ZOOMED, Condition.NARROW}),
)
#: The criterion under which each condition is asked for, and what it is called in a sentence.
_ASKED = {
    Condition.SPACING: ("1.4.12", "With wider lines, words and letters"),
    Condition.ZOOMED: ("1.4.4", "At 200 %"),
    Condition.NARROW: ("1.4.10", "At 320 px"),
}
#: Share of the lower line's height, and CSS px, by which two lines must cross to be hard to read.
DEEP, WIDE = 0.35, 6.0


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text in the flow of the page."""
    for block in text_blocks(page.document):
        if _is_in_flow(page.document, block.element):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    for condition, (criterion, how) in _ASKED.items():
        document = page.under(condition)
        element = page.same(target, condition)
        if document is None or element is None:
            continue
        for other in _crossings(document).get(element.index, ()):
            twin = page.document.by_node.get(document[other].node)
            # What lies on other text at any size is told by nobody here: it may be meant so.
            if twin is None or twin.index in _crossings(page.document).get(target.index, ()):
                continue
            mine, theirs = (document.visible_text(each)[:50] for each in (element, document[other]))
            result = failed(
                f"{how} “{mine}” runs over “{theirs}”.",
                "Give the box min-height in the place of height, so that it grows with its text.",
                condition=condition,
            )
            return Result(
                result.outcome,
                result.message,
                result.fix,
                result.evidence,
                condition,
                Requirements(wcag=(criterion,)),
            )
    return passed()


def _is_in_flow(document: Document, element: Element) -> bool:
    return not any(
        each.style.get("position") in {"absolute", "fixed", "sticky"}
        or each.style.get("transform", "none") != "none"
        or each.tag == "svg"
        for each in (element, *document.ancestors(element))
    )


@remembered
def _crossings(document: Document) -> dict[int, list[int]]:
    """For each block (by index of its element) the later blocks that its lines cross."""
    lines = sorted(_lines(document), key=lambda each: each[0].y)
    found: dict[int, list[int]] = {}
    for at, (box, block) in enumerate(lines):
        for other, later in lines[at + 1 :]:
            if other.y >= box.bottom:
                break
            one, two = block.element, later.element
            if one is two or document.contains(one, two) or document.contains(two, one):
                continue
            deep = min(box.bottom, other.bottom) - max(box.y, other.y)
            wide = min(box.right, other.right) - max(box.x, other.x)
            if deep > DEEP * min(box.height, other.height) and wide > WIDE:
                first, second = sorted((one.index, two.index))
                if second not in found.setdefault(first, []):
                    found[first].append(second)
    return found


def _lines(document: Document) -> Iterator[tuple[Box, TextBlock]]:
    for block in text_blocks(document):
        if not _is_in_flow(document, block.element) or is_hidden_on_purpose(document, block.element):
            continue
        box = _clip(document, block.element)
        for _, run in block_of(document, block.element).runs:
            for line in run.boxes:
                if line.area and (box is None or (line.y < box.bottom and line.bottom > box.y)):
                    yield line, block


def _clip(document: Document, element: Element) -> Box | None:
    """The box out of which nothing of the text is seen."""
    for each in (element, *document.ancestors(element)):
        if each.tag not in {"html", "body"} and each.style.get("overflow-y", "visible") != "visible":
            return each.box
    return None
