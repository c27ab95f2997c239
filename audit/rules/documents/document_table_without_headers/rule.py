"""A table has no headers."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Table
from audit.documents.tables import is_data
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="A table has no headers",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",), pdfua=("15-003",)),
    fixer=Fixer.DOCUMENT,
    why="People who listen must remember, cell by cell, which column they are in.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """Tables of data, and clauses about headers where each table has some."""
    found = [table for table in document.tables if is_data(table)]
    yield from found
    if all(table.headers for table in found):
        yield from clauses_of(document, "document-table-without-headers")


def expect(document: Document, target: object) -> Result:
    """What is declared as a table and has no header is a fact."""
    if isinstance(target, Clause):
        return told(document, target)
    assert isinstance(target, Table)
    if target.headers:
        return passed()
    first = _first(target)
    begin = f" that begins with “{cut(first, 50)}”" if first else ""
    if target.declared:
        return failed(f"The table{begin} has no header row.", mend(document, "headers"), rows=len(target.rows))
    return ask(
        f"Is the block of cells{begin} a table? If so, nothing marks its header cells.",
        mend(document, "headers"),
        rows=len(target.rows),
    )


def _first(table: Table) -> str:
    """The first words in a table."""
    return next((cell.text for row in table.rows for cell in row if cell.text and cell.text != "□"), "")
