"""Security settings block screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Security settings block screen readers",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("4.1.2",), pdfua=("26-002",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader is not allowed to read the text, and may say that the document is empty.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """A PDF."""
    if document.format is Format.PDF:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """One bit of its settings decides (bit 10)."""
    if document.facts.get("shuts_out"):
        return failed(
            "Its security settings do not allow assistive technology to read the text.", mend(document, "security")
        )
    return passed()
