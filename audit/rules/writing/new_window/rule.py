"""A link of the text that is told to open in a new window."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A link opens a new window",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Back no longer works, and nobody who cannot see the window change is told.",
    since="0.1.0",
    covers=("unannounced-new-window",),
    best_practice=True,
)

_SHAPE = re.compile(r"\{:?[^}]*\}|<a\b[^>]*>", re.IGNORECASE)
_TARGET = re.compile(r"\btarget\s*=\s*[\"']?_blank", re.IGNORECASE)


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, _SHAPE, without=frozenset())


def expect(source: SourceText, place: Place) -> Result:
    """No link of the text opens a window of its own."""
    if not _TARGET.search(place.quote):
        return passed()
    return failed(
        f"`{place.quote}` opens a new window without saying so.",
        "Remove it: people who want a new window know how to open one.",
        lines=[place.line, place.line],
    )
