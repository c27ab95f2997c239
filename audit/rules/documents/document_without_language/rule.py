"""The document’s language is not set."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Format
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import NAMES
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="The document’s language is not set",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("3.1.1",), pdfua=("11-001",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader may read French with English pronunciation, or the reverse, until the listener switches the voice.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """The document, and the clauses about its language."""
    if document.format is Format.EXCEL:
        return
    yield document.whole
    if document.language:
        yield from clauses_of(document, "document-without-language")


def expect(document: Document, target: object) -> Result:
    """An empty language is none."""
    if isinstance(target, Clause):
        return told(document, target)
    if document.language:
        return passed(language=document.language)
    return failed(f"The {NAMES[document.format]} does not say what language it is in.", mend(document, "language"))
