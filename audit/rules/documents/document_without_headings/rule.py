"""A long document has no headings."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A long document has no headings",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="People who listen must hear all of it to find one section; with headings, they can jump to it.",
    since="0.1.0",
)

#: From so many pages or words on, people look for parts.
PAGES, WORDS = 3, 900


def applies(document: Document) -> Iterator[object]:
    """Long running text."""
    if document.format not in {Format.PDF, Format.WORD, Format.EPUB} or document.tagged is False or document.fields:
        return
    if document.words >= WORDS or (document.pages >= PAGES and document.words >= WORDS / 3):
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Whether the text has parts at all, a person must say."""
    if any(passage.kind is Kind.HEADING for passage in document.passages):
        return passed()
    return ask(
        f"This document has {counted(document.words, 'word', 'words')} and no headings. Does it have sections that people look for?",
        mend(document, "headings"),
        words=document.words,
    )
