"""The size of text goes with the window, so zooming does not make it larger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

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
#: By so much the shares of one window may differ.
ROUNDING = 0.005
_MEASURES: Mapping[str, Callable[[float, float], float]] = {
    "width": lambda width, _height: width,
    "height": lambda _width, height: height,
    "shorter side": min,
    "longer side": max,
}
_WITHOUT_TEXT = frozenset({"hidden", "checkbox", "radio", "range", "color", "file", "image"})


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text, and fields to write in, that are there in a wide window and at 200 %."""
    for block in text_blocks(page.document):
        if page.same(block.element, Condition.ZOOMED) is not None and block_of(page.document, block.element).runs:
            yield block.element

    for field in page.document.tags("input", "select", "textarea"):
        if field.rendered and (field.get("type") or "").lower() not in _WITHOUT_TEXT:
            yield field


def expect(page: Page, target: Element) -> Result:
    conditions = (Condition.WIDE, Condition.ZOOMED, Condition.NARROW)
    wide, zoomed, narrow = sizes = [_size(page.same(target, condition)) for condition in conditions]
    if not wide or not zoomed:
        return passed()
    at_200 = 2 * zoomed / wide
    # At 400 % a window of 1280 px is one of 320 px; that one is not lower, so sizes that go with more than the width differ.
    at_400 = 4 * narrow / wide if narrow else at_200
    goes_with = next((word for word, measure in _MEASURES.items() if _goes_with(page, sizes, measure)), "")
    if not goes_with and _goes_with_two(page, sizes):
        goes_with = "width and height"
    if at_200 > GROWN or not (at_400 <= GROWN or goes_with):
        return passed(grows=round(at_200, 2))
    text = page.document.visible_text(target) or target.name or target.tag
    return failed(
        f"At 200 % “{text[:60]}” is {'as large as before' if at_200 > 0.95 else 'smaller than before'}: "
        f"its size depends on the {goes_with or 'width'} of the window.",
        "Set the size in rem; where it should also go with the window, add to it: calc(1rem + 0.5vw).",
        condition=Condition.ZOOMED,
        wide=wide,
        zoomed=zoomed,
    )


def _goes_with(page: Page, sizes: list[float | None], measure: Callable[[float, float], float]) -> bool:
    """Whether a size is the same share of the window under every condition: it is set in vw, vh, vmin or vmax."""
    documents = [page.under(each) for each in (Condition.WIDE, Condition.ZOOMED, Condition.NARROW)]
    shares = [
        size / measure(document.width, document.height)
        for size, document in zip(sizes, documents, strict=True)
        if size and document is not None
    ]
    return len(shares) == len(sizes) and max(shares) - min(shares) <= ROUNDING * max(shares)


def _goes_with_two(page: Page, sizes: list[float | None]) -> bool:
    """Whether a size is a sum of shares of the width and of another measure of the window (``calc(1vmin + 0.8vw)``).

    Steps at certain widths are in whole or half pixels.
    """
    wide, zoomed, narrow = sizes
    documents = [page.under(each) for each in (Condition.WIDE, Condition.NARROW)]
    if not (wide and zoomed and narrow) or abs(2 * zoomed - wide) > ROUNDING * wide:
        return False
    if any(abs(2 * size - round(2 * size)) < 2 * ROUNDING for size in (wide, zoomed, narrow)):
        return False
    (w, h), (v, g) = ((each.width, each.height) if each else (0, 0) for each in documents)
    for measure in list(_MEASURES.values())[1:]:
        other, less = measure(w, h), measure(v, g)
        determinant = w * less - v * other
        if determinant:
            first, second = (wide * less - narrow * other) / determinant, (w * narrow - v * wide) / determinant
            if first > 0 and second > 0:
                return True
    return False


def _size(element: Element | None) -> float | None:
    return pixels(element.style.get("font-size")) if element is not None else None
