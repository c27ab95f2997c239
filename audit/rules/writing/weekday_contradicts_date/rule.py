"""A weekday that does not belong to its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.dates import WrittenDate
from audit.writing.dates import written_dates
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Weekday and date disagree",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People come on the wrong day; for some the journey is hard to repeat.",
    since="0.1.0",
    best_practice=True,
    slip=True,
)


@dataclass(frozen=True, slots=True)
class _Dated(Place):
    date: WrittenDate | None = None


def applies(source: SourceText) -> Iterator[Place]:
    """Dates with a weekday, a month in words and a year."""
    for line, found in written_dates(source):
        if found.weekday is not None and found.year is not None:
            yield _Dated(line, found.quote, 1, found)


def expect(source: SourceText, place: Place) -> Result:
    """The calendar knows the weekday of every date."""
    assert isinstance(place, _Dated)
    found = place.date
    assert found is not None
    assert found.year is not None
    assert found.weekday is not None
    try:
        day = dt.date(found.year, found.month, found.day)
    except ValueError:
        return failed(f"There is no such day as “{found.quote}”.", "Correct the day or the month.", date=found.quote)
    if day.weekday() == found.weekday:
        return passed()
    right = found.weekday_word(day.weekday())
    # Of the seven days around it, one falls on the weekday that stands there.
    near = day + dt.timedelta(days=(found.weekday - day.weekday() + 3) % 7 - 3)
    return failed(
        f"“{found.quote}”: {day.isoformat()} is a {right}.",
        f"If the day of the month is right, write `{found.with_weekday(right)}`. "
        f"If the weekday is right, correct the day: the nearest {found.weekday_word(found.weekday)} is {near.isoformat()}.",
        date=day.isoformat(),
        weekday=right,
    )
