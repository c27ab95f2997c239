"""A book has a fixed layout."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A book has a fixed layout",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.4.4",)),
    fixer=Fixer.DOCUMENT,
    why="Text that is too small stays small, or people must scroll sideways to read each line.",
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
        "The pages of this book have a fixed size, so readers cannot make the text larger. Is there also an edition whose"
        " text adapts to the screen?",
        mend(document, "bookfixed"),
    )
