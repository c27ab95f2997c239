"""The window shows the file name."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.model import Clause, Document
from audit.documents.told_clauses import clauses_of, is_pdf, told
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, passed

RULE = Rule(
    title="The window shows the file name",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.2",)),
    fixer=Fixer.DOCUMENT,
    why="People with several windows open hear file names instead of titles.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """The clauses that are broken; the document itself where none is."""
    # Without a title there is none to show: that is told by another rule.
    if is_pdf(document) and document.title:
        yield from (
            clauses_of(document, "pdf-title-not-shown")
            if any(clauses_of(document, "pdf-title-not-shown"))
            else (document.whole,)
        )


def expect(document: Document, target: object) -> Result:
    """The validator has found it."""
    return told(document, target) if isinstance(target, Clause) else passed()
