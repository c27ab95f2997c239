"""What repeats in a calendar (RFC 5545) as the repetition that a program has here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from library_schemas.parts import WEEKDAYS

_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), WEEKDAYS, strict=True))
_NTH = re.compile(r"^(1|2|3|4|-1)(MO|TU|WE|TH|FR|SA|SU)$")
#: How far ahead the days of an endless series are written.
AHEAD = dt.timedelta(days=366)


def rule_of(rule: Any, starts: dt.datetime, local: Any, today: dt.date) -> dict[str, object] | None:
    """An RRULE as our own repetition; ``None`` for those that it cannot say."""
    parts = {key: value for key, value in rule.items() if key != "WKST"}
    every = str(parts.pop("FREQ", [""])[0])
    interval = int(parts.pop("INTERVAL", [1])[0])
    by = [str(day) for day in parts.pop("BYDAY", [])]
    until, count = parts.pop("UNTIL", [None])[0], parts.pop("COUNT", [None])[0]
    made: dict[str, object]
    place = parts.pop("BYSETPOS", [])
    if every == "MONTHLY" and len(place) == len(by) == 1:  # Outlook's way to say the third Tuesday
        by = [f"{place[0]}{by[0]}"]
    elif place:
        return None
    if parts or not 1 <= interval <= 12:
        return None
    if every == "DAILY" and interval == 1:
        every, by = "WEEKLY", by or list(_DAYS)
    if every == "WEEKLY" and all(day in _DAYS for day in by):
        made = {"every": "week", "days": [_DAYS[day] for day in _DAYS if day in by] or [WEEKDAYS[starts.weekday()]]}
    elif every == "MONTHLY" and len(by) == 1 and (match := _NTH.match(by[0])):
        made = {"every": "month", "nth": int(match[1]), "days": [_DAYS[match[2]]]}
    else:
        return None
    if interval > 1:
        made["interval"] = interval
    if count is not None and int(count) <= 400:
        return {**made, "count": int(count)}
    if until is not None:
        return {**made, "until": local(until).date() if isinstance(until, dt.datetime) else until}
    return {**made, "until": max(today, starts.date()) + AHEAD, "endless": True}


def one_by_one(days: Sequence[dt.date], first: dt.date) -> dict[str, object]:
    """Days that no rule describes: the first, and the others added to it."""
    return {
        "every": "week",
        "days": [WEEKDAYS[first.weekday()]],
        "count": 1,
        "extra": [day for day in days if day != first],
    }


def last_day(repeats: dict[str, Any], first: dt.date) -> dt.date:
    """A day on or after the last of a series."""
    extra: dt.date = max(repeats.get("extra") or [first])
    if "until" in repeats:
        until: dt.date = repeats["until"]
        return max(until, extra)
    weeks: int = repeats["count"] * repeats.get("interval", 1) * (5 if repeats["every"] == "month" else 1)
    return max(first + dt.timedelta(weeks=weeks - 1 if repeats["count"] > 1 else 0), extra)


def regular(days: Sequence[dt.date]) -> dict[str, object]:
    """Days as a weekly series with gaps when they are one, else one by one."""
    names = sorted({day.weekday() for day in days})
    first, last = days[0], days[-1]
    span = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
    expected = [day for day in span if day.weekday() in names]
    missing = [day for day in expected if day not in set(days)]
    if len(missing) > len(days) / 2:
        return one_by_one(days, first)
    made: dict[str, object] = {"every": "week", "days": [WEEKDAYS[name] for name in names], "until": last}
    return {**made, "skip": missing} if missing else made
