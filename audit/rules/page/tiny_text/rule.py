"""Text is set smaller than people can read."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import block_of, letter_size, text_blocks
from audit.semantics.words import has_words

RULE = Rule(
    title="Very small text",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="People with low vision cannot read it, and many others have to lean forward.",
    since="0.1.0",
    best_practice=True,
)
#: CSS px. About 7 points, the smallest size that any style guide for print allows.
LEAST = 9.5


def applies(page: Page) -> Iterable[Element]:
    """Blocks with rendered text in words."""
    for block in text_blocks(page.document):
        if has_words(block.text):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    block = block_of(page.document, target)
    small = ""
    size = LEAST
    for owner, run in block.runs:
        own = letter_size(owner)
        # Marks of notes are raised and small by custom; text hidden by a size of 0 or 1 px is not seen at all.
        if own is None or own <= 1 or not run.text.strip() or _is_raised(page, owner):
            continue
        if own < LEAST:
            small += run.text
            size = min(size, own)
    if len("".join(small.split())) < 3:
        return passed()
    return failed(
        f"“{' '.join(small.split())[:60]}” is set in {round(size, 1):g} px.",
        "Set text in rem, and nothing below 0.8rem.",
        size=size,
        limit=LEAST,
    )


def _is_raised(page: Page, element: Element) -> bool:
    return page.document.closest(element, lambda each: each.tag in {"sup", "sub", "rt"}) is not None
