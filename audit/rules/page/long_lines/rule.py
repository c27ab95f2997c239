"""Lines of running text hold more characters than people can follow."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import block_of, text_blocks

RULE = Rule(
    title="Lines too long to follow",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="At the end of a long line people with low vision, dyslexia or little concentration lose the start of the next.",
    since="0.1.0",
    best_practice=True,
)
#: Criterion 1.4.8 names 80. Widths are set in ``em`` or ``ch``, which real text overshoots; this is beyond doubt.
MOST = 100


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text of at least two lines; lines of code are as long as they are."""
    for block in text_blocks(page.document):
        if len(block.lines) > 1 and not block.is_code(page.document) and block.element.tag != "footer":
            yield block.element


def expect(page: Page, target: Element) -> Result:
    block = block_of(page.document, target)
    length = round(block.characters_per_line)
    # Two lines that are short of a third of a page are broken by hand (an address), not too long.
    if length <= MOST:
        return passed(characters=length)
    return failed(
        f"Lines of this text have about {length} characters at a width of {page.document.width} px: “{block.text[:60]}…”.",
        "Limit the width of running text, for instance max-width: 70ch.",
        characters=length,
        limit=MOST,
    )
