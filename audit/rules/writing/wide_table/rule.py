"""A table with many columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A very wide table",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="On a phone and at large text, people scroll sideways through every row and lose the header.",
    since="0.1.0",
    best_practice=True,
)

#: Columns that still fit a phone at all.
MOST = 6
_CELL = re.compile(r"(?<!\\)\|")


def applies(source: SourceText) -> Iterator[Place]:
    """Tables."""
    for block in blocks_of(source):
        if block.kind is BlockKind.TABLE:
            yield Place(block.line, block.lines[0].text.strip())


def expect(source: SourceText, place: Place) -> Result:
    """Some facts need their columns; the author knows."""
    columns = len(_CELL.split(place.quote.strip("| ")))
    if columns <= MOST:
        return passed()
    return ask(
        f"This table has {columns} columns. Can it have fewer?",
        "Make two tables of it, or turn it: what are columns now become rows.",
        columns=columns,
    )
