"""A long PDF has no bookmarks."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A long PDF has no bookmarks",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="People who cannot skim can reach a section of a long file only by going page by page.",
    since="0.1.0",
    best_practice=True,
)

#: From so many pages on.
PAGES = 10


def applies(document: Document) -> Iterator[object]:
    """Long PDF files with text."""
    if document.format is Format.PDF and document.pages >= PAGES and document.words:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Any bookmark will do."""
    if document.facts.get("bookmarks"):
        return passed()
    return failed(
        f"This PDF has {document.pages} pages and no bookmarks.", mend(document, "bookmarks"), pages=document.pages
    )
