"""A row of a table is empty."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Table
from audit.documents.tables import is_data
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A row of a table is empty",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader says “blank” cell by cell, and people think that the table has ended.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[Table]:
    """Tables of data."""
    yield from (table for table in document.tables if is_data(table))


def expect(document: Document, target: Table) -> Result:
    """A row without a word."""
    empty = [row for row, cells in enumerate(target.rows, start=1) if cells and not any(cell.text for cell in cells)]
    if not empty:
        return passed()
    which = ", ".join(str(row) for row in empty[:5])
    return failed(
        f"{'Row' if len(empty) == 1 else 'Rows'} {which} of the table {'is' if len(empty) == 1 else 'are'} empty.",
        mend(document, "emptyrow"),
    )
