"""Colour alone carries meaning."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Table
from audit.documents.tables import is_data
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="Colour alone carries meaning",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.4.1",)),
    fixer=Fixer.DOCUMENT,
    why="People who cannot see the colours find blank cells, or numbers without a minus sign.",
    since="0.1.0",
)


#: Fewer coloured cells without words may be looks.
LEAST = 3


def applies(document: Document) -> Iterator[object]:
    """Tables with data, and workbooks with red numbers."""
    if document.format in {Format.WORD, Format.POWERPOINT, Format.EXCEL}:
        yield from (table for table in document.tables if is_data(table))
        if _red(document):
            yield document.whole


def expect(document: Document, target: object) -> Result:
    """A red number without a minus is a fact; what a colour in a blank cell means, a person must say."""
    if not isinstance(target, Table):
        cells = _red(document)
        return failed(
            f"Negative numbers are shown only in red, with no minus sign, as in {cells[0]}.",
            mend(document, "rednumbers"),
            cells=cells,
        )
    found = _coloured(target)
    if found < LEAST:
        return passed()
    quote = target.place.quote or next((cell.text for row in target.rows for cell in row if cell.text), "")
    return ask(
        f"{counted(found, 'cell', 'cells')} in the table that begins with “{cut(quote, 40)}” {'has' if found == 1 else 'have'} a colour but no text."
        " Does the colour mean something?",
        mend(document, "colour"),
        cells=found,
    )


def _red(document: Document) -> list[str]:
    found = document.facts.get("red_alone")
    return [str(each) for each in found] if isinstance(found, list | tuple) else []


def _coloured(table: Table) -> int:
    """Blank cells in a colour that the others of their row do not have: a band of colour runs through a whole row."""
    count = 0
    for row in table.rows[1:]:
        fills = {cell.fill for cell in row[1:]}
        if len(fills) > 1 and any(cell.text for cell in row):
            count += sum(bool(cell.fill) and cell.fill != "#ffffff" and not cell.text for cell in row[1:])
    return count
