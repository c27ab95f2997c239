"""Rows with bars that never become a table, because the line below the header is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import Block, BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A table that is no table",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="It becomes a paragraph full of bars; a screen reader reads them one after the other without rows or columns.",
    since="0.1.0",
)

_ROW = re.compile(r"^\s*\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class _Rows(Place):
    block: Block | None = None


def applies(source: SourceText) -> Iterator[Place]:
    """Tables, and paragraphs that begin with a row between bars."""
    for block in blocks_of(source):
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.TABLE} and _ROW.match(block.lines[0].text):
            yield _Rows(block.line, block.lines[0].raw.strip(), 1, block)


def expect(source: SourceText, place: Place) -> Result:
    """Two rows between bars with two cells or more are a table that was meant."""
    assert isinstance(place, _Rows)
    assert place.block is not None
    rows = [line for line in place.block.lines if _ROW.match(line.text)]
    columns = max(line.text.count("|") for line in rows) - 1
    # One row between bars may be a line of poetry or a formula, and so may lines between two bars; rows of cells are not.
    several = [line for line in rows if line.text.count("|") > 2]
    if place.block.kind is BlockKind.TABLE or len(several) < 2:
        return passed()
    line = "|" + "---|" * columns
    return failed(
        f"{len(rows)} rows from “{place.quote}” on have no line of hyphens below the first, so they are not a table.",
        f"Write `{line}` as the second line. The first row then holds the headers of the columns.",
        lines=[place.block.line, place.block.lines[-1].number],
    )
