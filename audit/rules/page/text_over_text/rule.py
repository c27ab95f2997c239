"""Text runs over other text when it is enlarged or spaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Box, Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.clipping import is_hidden_on_purpose, window_of
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import TextBlock, block_of, text_blocks

RULE = Rule(
    title="Text runs over other text",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.4", "1.4.10", "1.4.12")),
    fixer=Fixer.THEME,
    why="People who enlarge or space text cannot read two lines that overlap.",
    since="0.1.0",
    needs=frozenset({Condition.SPACING, Condition.ZOOMED, Condition.NARROW}),
)
#: The criterion under which each condition is asked for, and what it is called in a sentence.
_ASKED = {
    Condition.SPACING: ("1.4.12", "With wider spacing of lines, words and letters"),
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
            # What lies on other text at any size may be meant so.
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
    others = _crossings(page.document).get(target.index, ())
    if others and _overflows(page.document, target):
        mine, theirs = (page.document.visible_text(each)[:50] for each in (target, page.document[others[0]]))
        return ask(
            f"“{mine}” is taller than its box and overlaps “{theirs}”. Can both be read?",
            "Give the box min-height in the place of height, so that it grows with its text.",
        )
    return passed()


def _overflows(document: Document, element: Element) -> bool:
    """Whether the last line of a block stands below the end of a box around it that cuts nothing off."""
    bottom = max((line.bottom for line in block_of(document, element).lines), default=0.0)
    around = (element, *document.ancestors(element))
    return any(
        each.box is not None and each.box.bottom < bottom - 2 for each in around if each.tag not in {"html", "body"}
    )


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
        window = window_of(document, block.element)
        for _, run in block_of(document, block.element).runs:
            for line in run.boxes:
                seen = line if window is None else line.within(window)
                if seen.height > DEEP * line.height and seen.width > 0:
                    yield seen, block
