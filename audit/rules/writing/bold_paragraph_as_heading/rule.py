"""A short paragraph that is wholly bold and stands where a heading would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import Block, BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Is this bold line a heading?",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader does not list it among the headings, so nobody who listens finds this part.",
    since="0.1.0",
    covers=("heading-in-plain-text",),
)

_BOLD = re.compile(r"^(\*\*|__)(?P<words>(?:(?!\1).)+)\1:?$")
_SHORTEST, _LONGEST = 3, 120


@dataclass(frozen=True, slots=True)
class _BoldLine(Place):
    words: str = ""
    level: int = 2
    heads: bool = False


def applies(source: SourceText) -> Iterator[Place]:
    """Paragraphs of one line that are wholly bold."""
    blocks = blocks_of(source)
    level = 1
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.kind is BlockKind.HEADING:
            level = block.level
        words = _bold_words(block)
        if words:
            # The last block of a part heads nothing: it is an emphasis ("**Admission is free**").
            heads = after is not None and after.kind is not BlockKind.HEADING
            yield _BoldLine(block.line, block.lines[0].raw.strip(), 1, words, min(level + 1, 6), heads)


def _bold_words(block: Block) -> str:
    match = _BOLD.match(block.text) if block.kind is BlockKind.PARAGRAPH and len(block.lines) == 1 else None
    return match.group("words").strip() if match else ""


def expect(source: SourceText, place: Place) -> Result:
    """Nobody but the author knows; the question is asked with the heading ready to paste."""
    assert isinstance(place, _BoldLine)
    words = place.words.rstrip(":")
    # A sentence with its full stop is a statement that is meant to stand out; a link leads somewhere.
    statement = words.endswith((".", "!", "?", "…")) or "](" in words
    if statement or not place.heads or not _SHORTEST <= len(words) <= _LONGEST:
        return passed()
    return ask(
        f"The line “{words}” is bold and alone before other text. Is it a heading?",
        f"If it is, write `{'#' * place.level} {words}` instead of `{place.quote}`.",
        lines=[place.line, place.line],
    )
