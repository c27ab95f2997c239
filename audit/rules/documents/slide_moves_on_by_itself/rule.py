"""A slide moves on by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A slide moves on by itself",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.2.1",)),
    fixer=Fixer.DOCUMENT,
    why="People who read slowly, listen or magnify the screen have not finished when the next slide comes.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Part]:
    """The slides that are shown."""
    if document.format is Format.POWERPOINT:
        yield from (part for part in document.parts if not part.hidden)


def expect(document: Document, target: Part) -> Result:
    """Whether the show is meant to be read, a person must say."""
    told = document.facts.get("by_itself")
    seconds = told.get(str(target.place.page)) if isinstance(told, Mapping) else None
    if not isinstance(seconds, int | float):
        return passed()
    return ask(
        f"This slide moves on by itself after {_spoken(seconds)}. Is that long enough for everyone, or can people stop it?",
        mend(document, "timing"),
        seconds=seconds,
    )


def _spoken(seconds: float) -> str:
    """``1 second``, ``2.5 seconds``."""
    return counted(int(seconds), "second", "seconds") if seconds == int(seconds) else f"{seconds:.1f} s"
