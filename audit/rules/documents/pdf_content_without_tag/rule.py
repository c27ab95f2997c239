"""Content has no tag."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.model import Clause, Document
from audit.documents.told_clauses import clauses_of, is_pdf, told
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, passed

RULE = Rule(
    title="Content has no tag",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader skips what is on the page, or reads it twice.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """The clauses that are broken; the document itself where none is."""
    if is_pdf(document):
        yield from (
            clauses_of(document, "pdf-content-without-tag")
            if any(clauses_of(document, "pdf-content-without-tag"))
            else (document.whole,)
        )


def expect(document: Document, target: object) -> Result:
    """The validator has found it."""
    return told(document, target) if isinstance(target, Clause) else passed()
