"""A book does not describe its accessibility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A book does not describe its accessibility",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="People cannot find out before they borrow it whether they will be able to read it.",
    since="0.1.0",
    best_practice=True,
)

NEEDED = ("accessMode", "accessibilityFeature", "accessibilityHazard")


def applies(document: Document) -> Iterator[object]:
    """A book."""
    if document.format is Format.EPUB:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Each of the three must be there."""
    told = document.facts.get("accessibility")
    missing = [name for name in NEEDED if not (isinstance(told, Mapping) and told.get(name))]
    if not missing:
        return passed()
    return failed(f"The book’s metadata have no {', '.join(missing)}.", mend(document, "bookdata"), missing=missing)
