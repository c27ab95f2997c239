"""Rows that never become a table: without a line below the headers, right below a sentence, or with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import counted
from audit.writing.blocks import Block, BlockKind, Line, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Table that is not a table",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="It becomes a paragraph full of bars; a screen reader reads them one after the other without rows or columns.",
    since="0.1.0",
)

#: A row of two cells or more; a line of hyphens is one.
_SEVERAL_CELLS = re.compile(r"^\s*\|[^|]*\|[^|]*\|")
#: Words, a tab, and words, as they come from a spreadsheet.
_TABBED = re.compile(r"^(?!\s*[-*+•·▪]\s)\s*\S[^\t]*\S?\t+\S")
_ROW = re.compile(r"^\s*\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class _Rows(Place):
    block: Block | None = None
    #: Rows below a sentence, or with tabs between their cells.
    rows: tuple[Line, ...] = ()


def applies(source: SourceText) -> Iterator[Place]:
    """Tables, and paragraphs in which rows between bars or with tabs stand."""
    for block in blocks_of(source):
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.TABLE}:
            continue
        if _ROW.match(block.lines[0].text):
            yield _Rows(block.line, block.lines[0].raw.strip(), 1, block)
        elif block.kind is BlockKind.PARAGRAPH:
            for pattern in (_SEVERAL_CELLS, _TABBED):
                rows = [line for line in block.lines if pattern.search(line.raw)]
                if len(rows) > 1:
                    yield _Rows(rows[0].number, rows[0].raw.strip(), 1, block, tuple(rows))


def expect(source: SourceText, place: Place) -> Result:
    """Two rows between bars with two cells or more are a table that was meant."""
    assert isinstance(place, _Rows)
    assert place.block is not None
    if place.rows:
        return _inside(place)
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


def _inside(place: _Rows) -> Result:
    """Rows in the middle of a paragraph: what is missing before them, or between their cells."""
    first = place.rows[0]
    lines = [first.number, place.rows[-1].number]
    if "|" in first.raw:
        rows = sum(bool(re.search(r"[^|:\s-]", row.raw)) for row in place.rows)
        return failed(
            f"There is a sentence right above {counted(rows, 'row', 'rows')} from “{place.quote}” on, so they are not a table.",
            "Put an empty line before them.",
            lines=lines,
        )
    cells = [cell.strip() for cell in re.split(r"\t+", first.raw.strip())]
    return failed(
        f"There are tabs between the cells of {counted(len(place.rows), 'row', 'rows')} from “{' '.join(cells)}” on, as a"
        " spreadsheet copies them, so they are not a table.",
        f"Write bars between the cells, `| {' | '.join(cells)} |`, and `|{'---|' * len(cells)}` as the second line.",
        lines=lines,
    )
