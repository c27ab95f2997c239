"""Blank lines are used for spacing."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Blank lines are used for spacing",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader says “blank” again and again, and people think that the document has ended.",
    since="0.1.0",
    best_practice=True,
)

#: So many in a row are no slip.
MOST = 2


def applies(document: Document) -> Iterator[Passage]:
    """Each first paragraph of a row of blank ones, or the first paragraph of all."""
    if document.format is not Format.WORD or not document.passages:
        return
    rows = [row for row in _blank(document) if len(row) > MOST]
    yield from (row[0] for row in rows) if rows else (document.passages[0],)


def expect(document: Document, target: Passage) -> Result:
    """Whether a row of blank paragraphs begins here."""
    for row in _blank(document):
        if row[0] is target and len(row) > MOST:
            return failed(
                f"There are {len(row)} blank paragraphs in a row here.", mend(document, "blank"), count=len(row)
            )
    return passed()


def _blank(document: Document) -> list[list[Passage]]:
    rows: list[list[Passage]] = []
    before = False
    text = [passage for passage in document.passages if not passage.page_furniture]
    for passage in text:
        blank = passage.kind is Kind.PARAGRAPH and not passage.text.strip()
        if blank and before:
            rows[-1].append(passage)
        elif blank:
            rows.append([passage])
        before = blank
    # The last of the file make no space.
    return rows[:-1] if rows and rows[-1][-1] is text[-1] else rows
