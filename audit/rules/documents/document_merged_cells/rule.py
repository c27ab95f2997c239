"""A table has merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Table
from audit.documents.tables import is_data
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A table has merged cells",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="Many screen readers lose track at merged cells and announce the wrong header.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Table]:
    """Tables of data."""
    yield from (table for table in document.tables if is_data(table))


def expect(document: Document, target: Table) -> Result:
    """Whether it still can be followed, a person must hear."""
    merged = [
        (row, cell)
        for row, cells in enumerate(target.rows, start=1)
        for cell in cells
        if row > 1 and (cell.rows > 1 or cell.columns > 1)
    ]
    if not merged:
        return passed()
    row, cell = merged[0]
    return ask(
        f"{counted(len(merged), 'cell is', 'cells are')} merged, such as “{cut(cell.text, 40)}” in row {row}."
        " Does the table still make sense when it is read aloud?",
        mend(document, "merged"),
        cells=len(merged),
    )
