"""Images are missing from the book file."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Images are missing from the book file",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="Reading apps do not download them: people see a gap, and a screen reader has nothing to read there.",
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
        f"{counted(len(found), 'image is', 'images are')} on the web instead of in the book, such as {cut(str(found[0]), 60)}.",
        mend(document, "elsewhere"),
    )
