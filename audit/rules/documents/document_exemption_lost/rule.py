"""An old document has lost its exemption."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.laws import laws
from audit.documents.model import Document
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="An old document has lost its exemption",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="What was allowed to stay as it was must now be accessible like everything new.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """Documents that are old enough."""
    if any(law.would_exempt(document.record) for law in laws()):
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """A change after the day of the law ends it."""
    for law in laws():
        if law.would_exempt(document.record) and law.ended(document.record):
            return failed(
                f"Published on {document.record.published}, changed on {document.record.changed}: {law.lost}",
                law.mend,
                law=law.name,
                published=document.record.published,
                changed=document.record.changed,
            )
    return passed()
