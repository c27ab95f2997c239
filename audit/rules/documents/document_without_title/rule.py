"""The document has no title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Format
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import NAMES
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="The document has no title",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.2",), pdfua=("06-003",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader announces the file by its name, and people with several files open cannot tell them apart.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """The document, and the clauses about its title."""
    yield document.whole
    if document.title:
        yield from clauses_of(document, "document-without-title")


def expect(document: Document, target: object) -> Result:
    """An empty title is none."""
    if isinstance(target, Clause):
        return replace(told(document, target), title="The title is only in old properties")
    if document.title:
        return passed(title=document.title)
    said = failed(f"The {NAMES[document.format]} has no title.", mend(document, "title"))
    if document.format in {Format.PDF, Format.EPUB}:
        return said
    # The name of the file may do for a title (WCAG2ICT, 2.4.2).
    return replace(said, requirements=Requirements())
