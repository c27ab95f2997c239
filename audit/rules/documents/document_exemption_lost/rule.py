"""An old document has lost its exemption."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.laws import grounds
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


MEND = "Bring the document up to the standard, or put the old file back unchanged."


def applies(document: Document) -> Iterator[object]:
    """Documents that are old enough, or archived where that counts."""
    if grounds(document):
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """A change after the day of the law, or after the document was archived, ends it."""
    found = grounds(document)
    if any(ground.holds for ground in found):
        return passed()
    # The last ground is the one that had to hold longest.
    ground, record = found[-1], document.record
    return failed(
        f"Published on {record.published}, changed on {record.changed}: {ground.lost}",
        MEND,
        law=ground.law.section,
        published=record.published,
        changed=record.changed,
    )
