"""A book has no table of contents."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import counted

RULE = Rule(
    title="A book has no table of contents",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.5",)),
    fixer=Fixer.DOCUMENT,
    why="Nobody can jump to a chapter; people who listen must go through the book from the beginning.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """A book of several chapters."""
    if document.format is Format.EPUB and document.pages > 1:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Either kind will do."""
    if document.facts.get("navigation") or document.facts.get("old_navigation"):
        return passed()
    return failed(
        f"There is no table of contents for {counted(document.pages, 'chapter', 'chapters')}.",
        mend(document, "booknav"),
    )
