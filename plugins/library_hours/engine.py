"""What is open when. All dates and times are local to the library; days are calendar days there.

For one day the first of these that speaks of it decides: an exception of the branch, a closure
of the whole library, a season, the usual week. Among several exceptions (or seasons) the
shorter one decides, because it was written for that day in particular.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from library_schemas.parts import WEEKDAYS, HoursException, OpenSpan, Season
from library_schemas.parts import Hours as BranchWeek

_NO_YEAR = 2024  # a leap year, so that 02-29 exists
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one branch together with the closures that hold for all branches."""

    branch: BranchWeek
    closures: tuple[HoursException, ...] = ()


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day: its spans, earliest first, and the reason when it differs from the week."""

    date: dt.date
    spans: tuple[OpenSpan, ...]
    reason: str = ""
    season: str = ""


def hours_on(hours: Hours, day: dt.date) -> DayHours:
    """Return the hours of one day."""
    exception = exception_on(hours.branch.exceptions, day) or exception_on(hours.closures, day)
    if exception is not None:
        return DayHours(day, _sorted(exception.hours), exception.reason)
    season = season_on(hours.branch.seasons, day)
    week = season.week if season else hours.branch.week
    return DayHours(day, week.day(WEEKDAYS[day.weekday()]), season=season.name if season else "")


def closed_on(hours: Hours, day: dt.date) -> str:
    """Say why the branch is closed all day, or return an empty string when it opens."""
    found = hours_on(hours, day)
    if found.spans:
        return ""
    return found.reason or "closed on this day of the week"


def exception_on(exceptions: Iterable[HoursException], day: dt.date) -> HoursException | None:
    """Return the exception that holds on a day: the shortest one that covers it."""
    covering = [each for each in exceptions if each.date <= day <= (each.until or each.date)]
    return min(covering, key=lambda each: (each.until or each.date) - each.date, default=None)


def season_on(seasons: Iterable[Season], day: dt.date) -> Season | None:
    """Return the season that holds on a day: the shortest one that covers it."""
    covering = [season for season in seasons if _in_season(season, day)]
    return min(covering, key=_length, default=None)


def season_dates(season: Season, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return first and last day of the season's occurrence that holds on ``day`` or comes next."""
    for year in (day.year - 1, day.year, day.year + 1):
        first = _in_year(season.begins, year)
        last = _in_year(season.ends, year + (season.ends < season.begins), end=True)
        if last >= day:
            return first, last
    raise AssertionError("a season comes every year")


def days(first: dt.date, count: int) -> Iterator[dt.date]:
    """Yield ``count`` days from ``first`` on."""
    for offset in range(count):
        yield first + offset * _ONE_DAY


def next_opening(hours: Hours, now: dt.datetime, *, within: int = 30) -> tuple[dt.date, OpenSpan] | None:
    """Return the next span that begins after ``now`` (local time), looking ``within`` days ahead."""
    for day in days(now.date(), within + 1):
        for span in hours_on(hours, day).spans:
            if day > now.date() or span.opens > now.time():
                return day, span
    return None


def instant(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return a local time of day with its offset on that very day, daylight saving included.

    A time that the clock skips in spring is read with the offset before the change, a time
    that comes twice in autumn as the first of the two (RFC 5545 section 3.3.5).
    """
    return dt.datetime.combine(day, time, tzinfo=zone)


def _in_season(season: Season, day: dt.date) -> bool:
    today = f"{day:%m-%d}"
    if season.begins <= season.ends:
        return season.begins <= today <= season.ends
    return today >= season.begins or today <= season.ends


def _length(season: Season) -> int:
    first = _in_year(season.begins, _NO_YEAR)
    last = _in_year(season.ends, _NO_YEAR + (season.ends < season.begins), end=True)
    return (last - first).days


def _in_year(month_day: str, year: int, *, end: bool = False) -> dt.date:
    """Return a month and day in one year; February 29 falls back to 28 (or 1 March at a start)."""
    month, day = (int(part) for part in month_day.split("-"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        if (month, day) == (2, 29):
            return dt.date(year, 2, 28) if end else dt.date(year, 3, 1)
        raise


def _sorted(spans: Sequence[OpenSpan]) -> tuple[OpenSpan, ...]:
    return tuple(sorted(spans, key=lambda span: span.opens))
