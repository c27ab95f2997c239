"""Hours in words, for templates, and in numbers, for scripts and other programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from library_hours.engine import DayHours, Hours, days, hours_on, season_dates, season_on
from library_schemas.parts import WEEKDAYS, HoursException, OpenSpan, Week
from library_words import format_date, format_span, format_time, translate, weekday_name, where_ours

#: How many days the script on a page knows ahead; pages are built anew every night.
_SCRIPT_DAYS = 10
#: How far ahead exceptional days are listed.
_EXCEPTION_DAYS = 120
#: How far ahead ``/api/hours.json`` reaches.
_JSON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One weekday of a table: its name and its spans in words."""

    day: str
    spans: tuple[str, ...]
    today: bool


@dataclass(frozen=True, slots=True)
class WeekTable:
    """A week of hours, Monday first. ``dates`` says when a season holds."""

    name: str
    dates: str
    current: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A day, or a run of days, that differs."""

    date: str
    text: str
    reason: str
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True)
class Today:
    """The hours of the day on which the site was built."""

    date: dt.date
    spans: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class BranchHours:
    """Everything that pages show about the hours of one branch."""

    weeks: tuple[WeekTable, ...]
    today: Today
    exceptions: tuple[Exceptional, ...]
    #: For the script that says whether a branch is open; JSON for an attribute between single quotation marks.
    status: Markup


def branch_hours(hours: Hours, today: dt.date, lang: str, zone: str) -> BranchHours:
    """Word the hours of one branch."""
    found = hours_on(hours, today)
    return BranchHours(
        tuple(_weeks(hours, today, lang)),
        Today(today, _spans(found.spans, lang), where_ours(found.reason, lang)),
        tuple(_exceptions(hours, today, lang)),
        _attribute(
            {"zone": zone, "days": [_script_day(hours_on(hours, day), lang) for day in days(today, _SCRIPT_DAYS)]}
        ),
    )


def _attribute(value: object) -> Markup:
    """Return ``value`` as JSON that may stand between single quotation marks in a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "'&<>"}))  # noqa: S704


def hours_json(branches: Sequence[tuple[Mapping[str, Any], Hours]], today: dt.date, zone: str) -> bytes:
    """Return ``/api/hours.json``: for each branch the next 60 days, times as ``HH:MM``."""
    listed = [
        {
            **facts,
            "days": [
                {
                    "date": day.date.isoformat(),
                    "open": [[f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for span in day.spans],
                    "reason": day.reason or None,
                    "season": day.season or None,
                }
                for day in (hours_on(hours, date) for date in days(today, _JSON_DAYS))
            ],
        }
        for facts, hours in branches
    ]
    document = {"timezone": zone, "first_day": today.isoformat(), "branches": listed}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _weeks(hours: Hours, today: dt.date, lang: str) -> list[WeekTable]:
    current = season_on(hours.branch.seasons, today)
    usual_name = translate("Usual hours" if hours.branch.seasons else "Opening hours", lang)
    usual = _table(hours.branch.week, usual_name, "", current is None, today, lang)
    seasons = sorted(hours.branch.seasons, key=lambda season: season_dates(season, today))
    tables = []
    for season in seasons:
        first, last = season_dates(season, today)
        dates = translate(
            "{first} to {last}", lang, first=format_date(first, "long", lang), last=format_date(last, "long", lang)
        )
        tables.append(_table(season.week, season.name, dates, season is current, today, lang))
    tables.append(usual)
    return sorted(tables, key=lambda table: not table.current)


def _table(week: Week, name: str, dates: str, current: bool, today: dt.date, lang: str) -> WeekTable:
    rows = tuple(
        Row(
            weekday_name(number, lang).capitalize(),
            _spans(week.day(weekday), lang),
            current and number == today.weekday(),
        )
        for number, weekday in enumerate(WEEKDAYS)
    )
    return WeekTable(name, dates, current, rows)


def _spans(spans: Sequence[OpenSpan], lang: str) -> tuple[str, ...]:
    return tuple(format_span(span.opens, span.closes, lang) for span in spans)


def _exceptions(hours: Hours, today: dt.date, lang: str) -> list[Exceptional]:
    end = today + dt.timedelta(days=_EXCEPTION_DAYS)
    chosen: dict[tuple[dt.date, dt.date], HoursException] = {}
    # The branch's own word comes last and replaces the library's for the same days.
    for each in (*hours.closures, *hours.branch.exceptions):
        last = each.until or each.date
        if last >= today and each.date <= end:
            chosen[each.date, last] = each
    return [_exceptional(first, last, each, lang) for (first, last), each in sorted(chosen.items(), key=lambda i: i[0])]


def _exceptional(first: dt.date, last: dt.date, each: HoursException, lang: str) -> Exceptional:
    date = format_date(first, "full", lang)
    if last != first:
        date = translate("{first} to {last}", lang, first=date, last=format_date(last, "full", lang))
    text = ", ".join(_spans(each.hours, lang)) or translate("closed", lang)
    return Exceptional(date, text, where_ours(each.reason, lang), first, last)


def _script_day(day: DayHours, lang: str) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "name": format_date(day.date, "weekday", lang),
        "reason": where_ours(day.reason, lang),
        "spans": [
            [
                _minute(s.opens),
                _minute(s.closes),
                format_time(s.opens, lang),
                format_time(s.closes, lang),
                format_span(s.opens, s.closes, lang),
            ]
            for s in day.spans
        ],
    }


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
