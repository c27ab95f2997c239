"""Slides share the same title."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import same_words

RULE = Rule(
    title="Slides share the same title",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="People who go from slide to slide by title cannot tell them apart.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[Part]:
    """The shown slides with a title."""
    if document.format is Format.POWERPOINT:
        yield from (part for part in document.parts if part.title and not part.hidden)


def expect(document: Document, target: Part) -> Result:
    """The first of them may keep it."""
    for part in applies(document):
        if part is target:
            break
        if same_words(part.title or "", target.title or ""):
            return failed(
                f"The title “{cut(target.title or '')}” is also the title of {part.place.where}.",
                mend(document, "slidetitle"),
            )
    return passed()
