"""A day that is named from where the writer stood: tomorrow, next Tuesday."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Which day is meant?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Whoever reads the page a week later reckons with another day.",
    since="0.1.0",
    best_practice=True,
)

_DAYS_EN = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DAYS_FR = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_RELATIVE = {
    "en": re.compile(
        rf"(?<!the )\b(?:tomorrow|yesterday|tonight|(?:next|this|last|coming)\s+(?:{_DAYS_EN}|week|weekend))\b(?!\s+of\b)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        rf"\b(?:demain|hier|ce soir|(?:{_DAYS_FR}|la semaine)\s+(?:prochaine?|dernier|dernière))\b",
        re.IGNORECASE,
    ),
}
_DAY = re.compile(rf"\b(?:{_DAYS_EN}|{_DAYS_FR})s?\b", re.IGNORECASE)


def applies(source: SourceText) -> Iterator[Place]:
    """Weekdays, and words that name a day from the day of writing."""
    pattern = _relative(source)
    for block in blocks_of(source):
        # Quoted text keeps its words.
        if block.kind in {BlockKind.CODE, BlockKind.QUOTE}:
            continue
        for line in block.lines:
            # "The last Thursday of the month" and "the next week" count from somewhere else.
            found = list(pattern.finditer(line.text)) or list(_DAY.finditer(line.text))
            for match in found:
                yield Place(line.number, match.group(0), match.start() + 1)


def _relative(source: SourceText) -> re.Pattern[str]:
    return _RELATIVE["fr" if source.lang.startswith("fr") else "en"]


def expect(source: SourceText, place: Place) -> Result:
    """Only the author knows which day it is."""
    if not _relative(source).fullmatch(place.quote):
        return passed()
    return ask(
        f"“{place.quote}” depends on the day on which somebody reads it. Which date is meant?",
        "Write the date with its year, such as `Tuesday, December 8, 2026`.",
    )
