"""A chapter of a book is damaged."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A chapter cannot be opened",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="Reading apps show an error or an empty page instead of the chapter.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """A book."""
    if document.format is Format.EPUB:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Chapters must be well-formed XML (EPUB 3.3, 5.1; EPUB 2.0.1, OPS, 1.3.4)."""
    del target
    found = document.facts.get("damaged")
    names = [str(each) for each in found] if isinstance(found, list | tuple) else []
    if not names:
        return passed()
    return failed(
        f"{counted(len(names), 'chapter is', 'chapters are')} not well-formed XML, so"
        f" {'it was' if len(names) == 1 else 'they were'} not checked: {cut(', '.join(names), 120)}.",
        mend(document, "chapter"),
        chapters=names,
    )
