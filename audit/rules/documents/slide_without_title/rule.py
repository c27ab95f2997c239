"""A slide has no title."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="A slide has no title",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="People who listen find slides by their titles; they cannot find this one.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Part]:
    """The slides that are shown."""
    if document.format is Format.POWERPOINT:
        yield from (part for part in document.parts if not part.hidden)


def expect(document: Document, target: Part) -> Result:
    """Words in the placeholder for the title."""
    if target.title:
        return passed(title=target.title)
    if target.words:
        return failed("This slide has no title.", mend(document, "slidetitle"))
    return ask(
        "This slide has no title and no text. How does someone who cannot see it know what it is?",
        mend(document, "slidetitle"),
    )
