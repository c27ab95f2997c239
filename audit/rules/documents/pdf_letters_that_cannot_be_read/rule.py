"""Letters cannot be identified."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.model import Clause, Document
from audit.documents.told_clauses import clauses_of, is_pdf, told
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, passed

RULE = Rule(
    title="Letters cannot be identified",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="What looks like words may be read as gibberish or not at all, and cannot be searched.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """The clauses that are broken; the document itself where none is."""
    if is_pdf(document):
        yield from (
            clauses_of(document, "pdf-letters-that-cannot-be-read")
            if any(clauses_of(document, "pdf-letters-that-cannot-be-read"))
            else (document.whole,)
        )


def expect(document: Document, target: object) -> Result:
    """The validator has found it."""
    return told(document, target) if isinstance(target, Clause) else passed()
