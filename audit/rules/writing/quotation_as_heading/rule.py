"""A very short quotation stands where a heading might be meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of, plain
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Is this quotation a heading?",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader announces a quotation, and nobody who jumps by headings finds the part.",
    since="0.1.0",
)

#: Characters. A sentence that somebody said is hardly shorter.
SHORT = 25


def applies(source: SourceText) -> Iterator[Place]:
    """Quotations that something follows."""
    blocks = blocks_of(source)
    for block, after in pairwise(blocks):
        if block.kind is BlockKind.QUOTE and after.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            yield Place(block.line, plain(block.text))


def expect(source: SourceText, place: Place) -> Result:
    """Short, and without the sign that ends a sentence: it looks like a heading."""
    if not place.quote or len(place.quote) >= SHORT or place.quote.endswith((".", "!", "?", "…", "”", "»")):
        return passed()
    return ask(f"Is “{place.quote}” a heading?", f"If so, write `## {place.quote}` instead of `>`.")
