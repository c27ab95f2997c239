"""From a program's front matter to the days on which it takes place.

A recurrence always ends (by ``until`` or ``count``), so every series can be written out. Times
are local: a program at 18:30 stays at 18:30 when daylight saving begins or ends. Days on which
the branch is closed are left out by themselves and do not count, unless the program is meant
to take place outside opening hours.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from library_schemas import Program
from library_schemas.activity import Recurrence
from library_schemas.parts import WEEKDAYS

#: No series runs longer than this, whatever its count.
_LONGEST = dt.timedelta(days=366 * 5)


class State(StrEnum):
    """What has become of one occurrence."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    MOVED = "moved"
    FULL = "full"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence, in local time. ``named`` is the day that the series gives it.

    ``was`` is the moment that the series names, when this one is moved; ``place`` the other
    place, when it is moved there.
    """

    named: dt.date
    starts: dt.datetime
    ends: dt.datetime
    state: State = State.SCHEDULED
    note: str = ""
    place: str = ""
    was: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Expanded:
    """All occurrences of a program by time, and the days left out because of a closure."""

    occurrences: tuple[Occurrence, ...]
    closed: tuple[tuple[dt.date, str], ...]
    #: Cancelled or moved days that the series does not have: mistakes of the author.
    unmatched_cancelled: tuple[int, ...]
    unmatched_moved: tuple[int, ...]
    #: The same of days that are to be skipped.
    unmatched_skip: tuple[dt.date, ...]


def expand(program: Program, closed: Callable[[dt.date], str]) -> Expanded:
    """Write out a program.

    ``closed`` says why its branch is closed all day, or returns an empty string.
    """
    left_out: list[tuple[dt.date, str]] = []
    skipped: set[dt.date] = set()
    dates = list(_dates(program, closed, left_out, skipped))
    cancelled = {each.date: each for each in program.cancelled}
    moved = {each.date: each for each in program.moved}
    length = program.ends - program.starts
    occurrences: list[Occurrence] = []
    for date in dates:
        starts = dt.datetime.combine(date, program.starts.time())
        ends = starts + length
        if date in cancelled:
            occurrences.append(Occurrence(date, starts, ends, State.CANCELLED, cancelled[date].reason))
        elif date in moved:
            move = moved[date]
            new_ends = move.ends or move.starts + length
            occurrences.append(
                Occurrence(date, move.starts, new_ends, State.MOVED, move.note or "", move.place or "", starts)
            )
        else:
            occurrences.append(Occurrence(date, starts, ends, _state(program), program.state_note or ""))
    known = set(dates)
    return Expanded(
        tuple(sorted(occurrences, key=lambda each: (each.starts, each.ends))),
        tuple(left_out),
        tuple(i for i, each in enumerate(program.cancelled) if each.date not in known),
        tuple(i for i, each in enumerate(program.moved) if each.date not in known),
        tuple(each for each in program.repeats.skip if each not in skipped) if program.repeats else (),
    )


def _state(program: Program) -> State:
    return State(program.state)


def _dates(
    program: Program,
    closed: Callable[[dt.date], str],
    left_out: list[tuple[dt.date, str]],
    skipped: set[dt.date],
) -> Iterator[dt.date]:
    first = program.starts.date()
    rule = program.repeats
    if rule is None:
        yield first
        return
    skip = set(rule.skip)
    spoken_of = {each.date for each in program.cancelled} | {each.date for each in program.moved}
    found: set[dt.date] = set()
    for date in _series(rule, first):
        if rule.until is not None and date > rule.until:
            break
        if rule.count is not None and len(found) >= rule.count:
            break
        if date in skip:
            skipped.add(date)
            continue
        # A day that its author cancelled or moved stays in sight even if the branch is closed.
        if date not in spoken_of and not program.outside_hours and (reason := closed(date)):
            left_out.append((date, reason))
            continue
        found.add(date)
    found.update(rule.extra)
    yield from sorted(found)


def _series(rule: Recurrence, first: dt.date) -> Iterator[dt.date]:
    last = first + _LONGEST
    if rule.every == "week":
        days = sorted(WEEKDAYS.index(day) for day in rule.days) or [first.weekday()]
        monday = first - dt.timedelta(days=first.weekday())
        while monday <= last:
            for day in days:
                date = monday + dt.timedelta(days=day)
                if date >= first:
                    yield date
            monday += dt.timedelta(weeks=rule.interval)
        return
    assert rule.nth is not None
    weekday = WEEKDAYS.index(rule.days[0])
    year, month = first.year, first.month
    while dt.date(year, month, 1) <= last:
        date = nth_weekday(year, month, weekday, rule.nth)
        if date >= first:
            yield date
        month += rule.interval
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """Return the nth (1 to 4, or -1 for the last) weekday of a month; Monday is 0."""
    if nth == -1:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
