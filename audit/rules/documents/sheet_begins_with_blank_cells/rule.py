"""A sheet begins with blank cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A sheet begins with blank cells",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader starts in the first cell and says “blank”, so people think that the sheet is empty.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[Part]:
    """The sheets that are shown and hold words."""
    if document.format is Format.EXCEL:
        yield from (part for part in document.parts if not part.hidden and part.words)


def expect(document: Document, target: Part) -> Result:
    """A blank corner above and beside headers is none of this: the first row and the first column hold something."""
    begins = document.facts.get("begins")
    cell = begins.get(str(target.place.page)) if isinstance(begins, Mapping) else None
    if not cell:
        return passed()
    return failed(
        f"The first cell with anything in it is {cell}; all cells before it are blank.", mend(document, "firstcell")
    )
