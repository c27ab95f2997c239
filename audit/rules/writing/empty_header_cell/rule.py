"""A cell in the first line of a table is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A column without a name",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader says the name of the column before each cell; here it says nothing.",
    since="0.1.0",
    covers=("empty-table-header",),
    best_practice=True,
)

_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"&nbsp;|[\s*_]|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Header(Place):
    #: The numbers of empty cells, from 1, and all cells as they are written.
    empty: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    #: The first cell of the first row below.
    below: str = ""


def applies(source: SourceText) -> Iterator[Place]:
    """The first line of each table."""
    for block in blocks_of(source):
        if block.kind is BlockKind.TABLE:
            # Code is blanked out in the text of a line, and is still something to read.
            cells = _cells(block.lines[0].raw)
            empty = tuple(number for number, cell in enumerate(cells, start=1) if not _MARKS.sub("", cell))
            below = _cells(block.lines[2].raw)[0] if len(block.lines) > 2 else ""
            yield _Header(block.line, block.lines[0].raw.strip(), 1, empty, cells, below)


def expect(source: SourceText, place: Place) -> Result:
    """The corner above names of rows may be empty, though a word there helps; any other cell may not."""
    assert isinstance(place, _Header)
    if not place.empty:
        return passed()
    french = source.lang.startswith("fr")
    name = "Jour" if french else "Day"
    if place.empty == (1,) and len(place.cells) > 1:
        rest = " | ".join(cell for cell in place.cells[1:])
        what = f"the column of “{place.below}”" if place.below else "the first column"
        return ask(
            f"What is {what} called? Its header is empty: `{place.quote}`.",
            f"Write a word in it that says what is below, for instance `| {name} | {rest} |`.",
            columns=[1],
        )
    named = [number for number in place.empty if number > 1 or len(place.cells) == 1]
    which = f"Column {named[0]} has" if len(named) == 1 else f"Columns {', '.join(map(str, named))} have"
    return failed(
        f"{which} no name: `{place.quote}`.",
        "Write what is below in each empty cell of that line. If the column is empty too, remove it.",
        columns=named,
    )


def _cells(row: str) -> tuple[str, ...]:
    text = row.strip()
    parts = _BAR.split(text)
    if text.startswith("|"):
        parts = parts[1:]
    if len(parts) > 1 and text.endswith("|") and not text.endswith("\\|"):
        parts = parts[:-1]
    return tuple(part.strip() for part in parts)
