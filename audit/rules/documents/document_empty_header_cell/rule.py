"""A header cell is empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from audit.documents.mending import mend
from audit.documents.model import Document, Table
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A header cell is empty",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="The cells that belong to it are read out, but not what they are about.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Table]:
    """Tables with headers."""
    yield from (table for table in document.tables if table.headers and table.declared)


def expect(document: Document, target: Table) -> Result:
    """The corner may be empty."""
    empty = [
        (row, column)
        for row, cells in enumerate(target.rows, start=1)
        for cell, column in zip(cells, accumulate((each.columns for each in cells), initial=1), strict=False)
        if cell.header and not cell.text.strip() and (row, column) != (1, 1)
    ]
    if not empty:
        return passed()
    row, column = empty[0]
    more = f", and {counted(len(empty) - 1, 'other', 'others')}" if len(empty) > 1 else ""
    return failed(f"The header cell in row {row}, column {column} is empty{more}.", mend(document, "headercell"))
