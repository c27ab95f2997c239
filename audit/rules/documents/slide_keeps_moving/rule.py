"""Something on a slide moves without an end."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Something on a slide keeps moving",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.2.2",)),
    fixer=Fixer.DOCUMENT,
    why="People who are distracted by movement cannot read the words beside it, and some feel ill.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Part]:
    """The slides that are shown."""
    if document.format is Format.POWERPOINT:
        yield from (part for part in document.parts if not part.hidden)


def expect(document: Document, target: Part) -> Result:
    """How much of the slide moves, and whether it is essential, a person must see."""
    endless = document.facts.get("endless")
    if not isinstance(endless, list | tuple) or target.place.page not in endless:
        return passed()
    return ask(
        "An animation begins by itself and repeats until the next slide. Can people stop it?",
        mend(document, "animation"),
    )
