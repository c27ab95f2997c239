"""Images of a book lie outside it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Images of a book lie outside it",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="Reading programs and players do not fetch them: people get a gap, and nobody can describe what is in it.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """A book with images."""
    if document.format is Format.EPUB and document.pictures:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Images must lie in the book (EPUB 3.3, 3.6)."""
    found = document.facts.get("elsewhere")
    if not isinstance(found, list | tuple) or not found:
        return passed()
    return failed(
        f"{counted(len(found), 'image lies', 'images lie')} outside the book, such as {cut(str(found[0]), 60)}.",
        mend(document, "elsewhere"),
    )
