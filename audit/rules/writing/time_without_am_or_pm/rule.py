"""A time of day that could be in the morning or in the evening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Morning or evening?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Somebody who plans a ride or a helper needs to know it for certain.",
    since="0.1.0",
    best_practice=True,
)

_SHAPE = re.compile(
    r"\b(?:at|from|until|by|before|after)\s+(?:1[0-2]|[1-9])(?::[0-5]\d)(?!\d|\s*(?:to|-|–|and)\s*\d|\s*[ap]\.?\s?m|\s*o['’]clock|\s*h\b)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:noon|midnight|morning|afternoon|evening|night)\b", re.IGNORECASE)


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, _SHAPE)


def expect(source: SourceText, place: Place) -> Result:
    """The line itself may say it in another way; otherwise it is asked."""
    line = source.lines[place.line - 1]
    if source.lang.startswith("fr") or _OTHER.search(line):
        return passed()
    time = place.quote.split()[-1]
    return ask(f"Is “{place.quote}” in the morning or in the evening?", f"Write `{time} am` or `{time} pm`.")
