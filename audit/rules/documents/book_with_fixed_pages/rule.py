"""The pages of a book are fixed."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="The pages of a book are fixed",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.4.4",)),
    fixer=Fixer.DOCUMENT,
    why="Letters that are too small stay small, or people push each line from side to side.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """A book."""
    if document.format is Format.EPUB:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Whether there is another edition, a person must say."""
    if not document.facts.get("fixed"):
        return passed()
    return ask(
        "The pages of this book have a fixed size, so its letters cannot be enlarged by themselves. Is there an edition whose"
        " text adapts?",
        mend(document, "bookfixed"),
    )
