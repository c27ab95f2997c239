"""Lines of running text stand too close together."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.clipping import is_hidden_on_purpose
from audit.semantics.text_blocks import TextBlock, block_of, pixels, text_blocks
from audit.semantics.words import counted

RULE = Rule(
    title="Lines too close together",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="People with low vision or dyslexia slip into the wrong line when there is hardly any space between lines.",
    since="0.1.0",
    best_practice=True,
)
#: Line height divided by font size. Browsers set about 1.15 by themselves; 1.5 is what criterion 1.4.8 asks.
LEAST = 1.15
#: Short texts of two lines, such as a button's, are no running text.
LEAST_CHARACTERS = 80


def applies(page: Page) -> Iterable[Element]:
    """Blocks of running text of at least two lines whose line height is set, and that are meant to be seen."""
    for block in text_blocks(page.document):
        if len(block.lines) < 2 or len(block.text) < LEAST_CHARACTERS or _ratio(block) is None:
            continue
        if not is_hidden_on_purpose(page.document, block.element):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    block = block_of(page.document, target)
    ratio = _ratio(block)
    assert ratio is not None
    if ratio >= LEAST:
        return passed(line_height=ratio)
    return failed(
        f"The line height of this text is {counted(ratio, 'time', 'times')} the font size: “{block.text[:60]}…”.",
        "Set line-height to 1.5 without a unit for running text.",
        line_height=ratio,
        limit=LEAST,
    )


def _ratio(block: TextBlock) -> float | None:
    """The least line height of a part of the text over its font size; ``None`` where none is set."""
    strut = pixels(block.element.style.get("line-height"))
    found = []
    for owner, run in block.runs:
        own, size = pixels(owner.style.get("line-height")), pixels(owner.style.get("font-size"))
        # A line is as high as the highest that stands in it, the block's own height included.
        if run.text.strip() and size and (own is not None or strut is not None):
            found.append(round(max(own or 0.0, strut or 0.0) / size, 2))
    return min(found, default=None)
