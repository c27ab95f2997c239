"""A book promises what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A book promises what it lacks",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="People borrow a book because of what its metadata promise, and then cannot read it.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """A book that says something of its accessibility."""
    if document.format is Format.EPUB and _claims(document):
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Each claim that can be held against the book."""
    claims = _claims(document)
    false = [f"{claim} ({lacks})" for claim, lacks in _lacking(document) if claim in claims]
    if not false:
        return passed()
    return failed(f"The metadata of the book claim {', '.join(false)}.", mend(document, "bookclaims"), claims=false)


def _claims(document: Document) -> frozenset[str]:
    told = document.facts.get("accessibility")
    features = told.get("accessibilityFeature", "") if isinstance(told, Mapping) else ""
    return frozenset(each.strip() for each in str(features).split(",") if each.strip())


def _lacking(document: Document) -> Iterator[tuple[str, str]]:
    """Features of the schema.org vocabulary that the book does not have, and what is missing."""
    silent = sum(not each.alternative and not each.decorative for each in document.pictures)
    if silent:
        yield "alternativeText", f"{silent} of {counted(len(document.pictures), 'picture', 'pictures')} without it"
    if not document.facts.get("navigation") and not document.facts.get("old_navigation"):
        yield "tableOfContents", "there is none"
    if not document.facts.get("page_list"):
        yield "pageNavigation", "there is no page list"
    if not document.facts.get("spoken"):
        yield "synchronizedAudioText", "there is no audio"
