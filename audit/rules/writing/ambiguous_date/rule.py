"""A date in digits whose day and month cannot be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Day or month?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Canada writes both orders: one reader comes in April, the other in March.",
    since="0.1.0",
    best_practice=True,
)

_SHAPE = re.compile(r"(?<![\w/.-])(\d{1,4})([/-])(\d{1,2})\2(\d{2,4})(?![\w/-])")
_MONTHS = 12


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, _SHAPE)


def expect(source: SourceText, place: Place) -> Result:
    """Year first is plain; so is a number over 12; everything else is asked."""
    first, second, third = (int(part) for part in re.split(r"[/-]", place.quote))
    year_first = first > 31
    plain = year_first or (first > _MONTHS) != (second > _MONTHS) or first == second
    # "24/7/365" and fractions are no dates.
    if plain or not 1 <= first <= 31 or not 1 <= second <= 31 or (100 <= third < 1900):
        return passed()
    return ask(
        f"In “{place.quote}”, which number is the month?",
        "Write the month as a word and the year with four digits, such as `March 4, 2026`.",
    )
