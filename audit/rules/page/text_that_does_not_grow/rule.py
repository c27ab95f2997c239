"""The size of text goes with the window, so zooming does not make it larger."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import block_of, pixels, text_blocks

RULE = Rule(
    title="Text that does not grow",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.4",)),
    fixer=Fixer.THEME,
    why="People with low vision who zoom in see the page grow and the text stay as small as it was.",
    since="0.1.0",
    needs=frozenset({Condition.ZOOMED, Condition.NARROW}),
)
#: Rounding, and a share of a size that does grow: text set to ``calc(1rem + 1vw)`` gets there in the end.
GROWN = 1.1


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text that are there in a wide window and at 200 %."""
    for block in text_blocks(page.document):
        if page.same(block.element, Condition.ZOOMED) is not None and block_of(page.document, block.element).runs:
            yield block.element


def expect(page: Page, target: Element) -> Result:
    sizes = [_size(page.document.by_node.get(target.node))]
    sizes += [_size(page.same(target, condition)) for condition in (Condition.ZOOMED, Condition.NARROW)]
    wide, zoomed, narrow = sizes
    if not wide or not zoomed:
        return passed()
    at_200 = 2 * zoomed / wide
    # At 400 % a window of 1280 px is one of 320 px; that one is not lower, so a size that goes with the height stays.
    at_400 = 4 * narrow / wide if narrow else at_200
    by_height = narrow is not None and abs(narrow - wide) < 0.01 and abs(2 * zoomed - wide) < 0.02
    if at_200 > GROWN or not (at_400 <= GROWN or by_height):
        return passed(grows=round(at_200, 2))
    return failed(
        f"At 200 % “{page.document.visible_text(target)[:60]}” is {'as large as before' if at_200 > 0.95 else 'smaller than before'}: "
        f"its size goes with the {'height' if by_height else 'width'} of the window.",
        "Set the size in rem; where it should also go with the window, add to it: calc(1rem + 0.5vw).",
        condition=Condition.ZOOMED,
        wide=wide,
        zoomed=zoomed,
    )


def _size(element: Element | None) -> float | None:
    return pixels(element.style.get("font-size")) if element is not None else None
