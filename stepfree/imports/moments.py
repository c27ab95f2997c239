"""Days and times as spreadsheets write them: 12/5/2026, 5 December 2026, 2:30 pm, or Excel's count of days."""

from __future__ import annotations

import datetime as dt
import re

from openpyxl.utils.datetime import from_excel

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janvier", "feb february fevrier février fev fév", "mar march mars", "apr april avril avr",
            "may mai", "jun june juin", "jul july juillet juil", "aug august août aout", "sep sept september septembre",
            "oct october octobre", "nov november novembre", "dec december décembre decembre déc",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBERS = re.compile(r"^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})\b")
_IN_WORDS = re.compile(r"^(?:[^\W\d]+,? +)?(\d{1,2})(?:st|nd|rd|th|er|\.)? +([^\W\d]+)\.?,? +(\d{4})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"^(?:[^\W\d]+,? +)??([^\W\d]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\b", re.IGNORECASE)
_TIME = re.compile(r"^(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*(h|[ap]\.?\s?m\.?)?$", re.IGNORECASE)
#: Excel's days 1995 to 2064: a bare number in a column of days.
_SERIALS = range(34700, 60300)


def moment_of(day: str, time: str, country: str) -> str:
    """A day and a time as ``2026-12-05 10:30``, from one cell or two; as they stand when they cannot be read.

    ``day`` may hold the time too. Days written in numbers alone are read as the ``country`` writes them: the month
    first in the United States, the day first elsewhere; where both numbers can be a month and the country (Canada)
    writes it either way, they are left for a person.
    """
    found, rest = _day(day.strip(), country)
    at = _time(time.strip() or rest)
    if found is None or at is None:
        return " ".join(f"{day} {time}".split())
    return f"{found} {at:%H:%M}"


def _day(text: str, country: str) -> tuple[dt.date | None, str]:
    """The day that a text begins with, and what comes after it."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIALS:
        moment = from_excel(float(text))
        return moment.date(), f"{moment:%H:%M}" if "." in text else ""
    for pattern, usual in ((_NUMBERS, ""), (_IN_WORDS, "dmy"), (_MONTH_FIRST, "mdy")):
        if match := pattern.match(text):
            parts = [_MONTHS.get(part.casefold(), 0) if not part.isdigit() else int(part) for part in match.groups()]
            order = usual or _order(parts, country)
            return _date(dict(zip(order, parts, strict=False))), text[match.end() :].strip(" ,T–-")
    return None, ""


def _order(parts: list[int], country: str) -> str:
    """The order of the three numbers of a day; empty when nobody can tell."""
    first, second, _ = parts
    if first > 31:
        return "ymd"
    if second > 12 or (country == "US" and first <= 12):
        return "mdy"
    return "dmy" if first > 12 or first == second or country not in {"CA", ""} else ""


def _date(parts: dict[str, int]) -> dt.date | None:
    year = parts.get("y", 0)
    try:
        return dt.date(year + 2000 if 0 < year < 100 else year, parts.get("m", 0), parts.get("d", 0))
    except ValueError:
        return None


def _time(text: str) -> dt.time | None:
    # A time that runs to another (10 am – 11 am) is that of the beginning.
    match = _TIME.match(re.split(r"\s*[–—]\s*|\s+-\s+|\s+to\s+", text)[0].strip().replace(" ", " "))
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()[:1]
    if half in {"a", "p"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif not (match[2] or half == "h"):
        return None
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None
