"""Dates and times: English and French as we write them, other languages as CLDR does.

Nothing is taken from the machine's locale, so that a build gives the same bytes everywhere.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from babel.dates import format_date as cldr_date
from babel.dates import format_skeleton
from babel.dates import format_time as cldr_time

from library_words.translate import translate
from library_words.voice import voice

type Style = Literal["full", "long", "day", "short", "month", "month-year", "month-day", "weekday", "iso", "numeric"]

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip
SHORT_MONTHS = {
    "en": ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
    "fr": ("janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."),
}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_HARD_SPACE = "\u00a0"
#: Where English puts the month before the day.
_MONTH_FIRST = frozenset(["US", "CA", "PH", "PR", "GU", "VI", "AS", "MP"])
#: What our styles are called in CLDR: a whole format, or the parts that are to be there.
_CLDR = {"full": "full", "long": "long", "day": "MMMMEEEEd", "short": "MMMd", "month": "yMMMM", "month-year": "yMMMM",
         "month-day": "MMMMd", "weekday": "EEEE"}  # fmt: skip


def weekday_name(number: int, lang: str) -> str:
    """Return the name of a weekday; Monday is 0."""
    if lang in WEEKDAYS:
        return WEEKDAYS[lang][number]
    return str(voice().locale(lang).days["stand-alone"]["wide"][number])


def format_date(day: dt.date | dt.datetime, style: Style = "long", lang: str = "en") -> str:
    """Write a date.

    ``full``: Thursday, December 3, 2026 · ``long``: December 3, 2026 · ``day``: Thursday,
    December 3 · ``month-day``: December 3 · ``short``: Dec. 3 · ``month`` or ``month-year``: December 2026 ·
    ``weekday``: Thursday · ``iso``: 2026-12-03 (with the time, when ``day`` has one) ·
    ``numeric``: 2026-12-03. French in the order and small letters of French.
    """
    if style == "iso":
        return day.isoformat()
    if style == "numeric":
        return f"{day:%Y-%m-%d}"
    if lang not in MONTHS:
        return _by_cldr(day, style, lang)
    month = MONTHS[lang][day.month - 1]
    weekday = WEEKDAYS[lang][day.weekday()]
    if style == "weekday":
        return weekday
    if style in {"month", "month-year"}:
        return f"{month} {day.year}"
    if style == "short":
        month = SHORT_MONTHS[lang][day.month - 1]
    if lang == "fr":
        number = f"1er{_HARD_SPACE}{month}" if day.day == 1 else f"{day.day}{_HARD_SPACE}{month}"
        words = {"full": f"{weekday} {number} {day.year}", "long": f"{number} {day.year}", "day": f"{weekday} {number}"}
        return words.get(style, number)
    if voice().country not in _MONTH_FIRST:
        number = f"{day.day}{_HARD_SPACE}{month}"
        words = {"full": f"{weekday} {number} {day.year}", "long": f"{number} {day.year}", "day": f"{weekday} {number}"}
        return words.get(style, number)
    number = f"{month}{_HARD_SPACE}{day.day}"
    words = {"full": f"{weekday}, {number}, {day.year}", "long": f"{number}, {day.year}", "day": f"{weekday}, {number}"}
    return words.get(style, number)


def _by_cldr(day: dt.date | dt.datetime, style: Style, lang: str) -> str:
    locale, name = voice().locale(lang), _CLDR[style]
    if name in {"full", "long"}:
        return str(cldr_date(day, name, locale=locale))
    return str(format_skeleton(name, day, locale=locale))


def format_time(time: dt.time | dt.datetime, lang: str = "en") -> str:
    """Write a time of day: ``10:30 am``, ``noon``, ``10 h 30``."""
    if lang == "fr":
        hours = f"{time.hour}{_HARD_SPACE}h"
        return f"{hours}{_HARD_SPACE}{time.minute:02}" if time.minute else hours
    if lang != "en":
        return str(cldr_time(time, "short", locale=voice().locale(lang)))
    if (time.hour, time.minute) == (12, 0):
        return "noon"
    if (time.hour, time.minute) in {(0, 0), (23, 59)}:
        return "midnight"
    half = "am" if time.hour < 12 else "pm"
    hour = time.hour % 12 or 12
    return f"{hour}:{time.minute:02}{_HARD_SPACE}{half}" if time.minute else f"{hour}{_HARD_SPACE}{half}"


def format_span(starts: dt.time | dt.datetime, ends: dt.time | dt.datetime, lang: str = "en") -> str:
    """Write a span of time: ``10 am to 5 pm``, ``de 10 h à 17 h``.

    Words and not a dash: screen readers say nothing for a dash.
    """
    if lang == "fr":
        return f"de {format_time(starts, lang)} à {format_time(ends, lang)}"
    return translate("{starts} to {ends}", lang, starts=format_time(starts, lang), ends=format_time(ends, lang))
