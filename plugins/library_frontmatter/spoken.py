"""Answers as people say them: “kids”, “4pm”, “December 3”."""

from __future__ import annotations

import calendar
import datetime as dt
import re

#: Other words for what the lists of choices hold.
_ALSO = {
    "adult": "adults", "all": "everyone", "all ages": "everyone", "anyone": "everyone", "baby": "babies", "infants": "babies",
    "kids": "children", "kid": "children", "child": "children", "toddlers": "preschool", "preschoolers": "preschool",
    "family": "families", "older adults": "seniors", "senior": "seniors", "teenagers": "teens", "teen": "teens",
    "youth": "teens", "tween": "tweens",
    "book talk": "book club", "exercise": "health and wellness", "fitness": "health and wellness", "movie": "film",
    "movies": "film", "gaming": "games", "computer help": "tech help", "story time": "storytime", "yoga": "health and wellness",
    "sign up": "required", "registration": "required", "walk in": "drop-in", "drop in": "drop-in", "no": "none",
    "closed": "closure", "out of order": "service out", "broken": "service out",
}  # fmt: skip
_TIME = re.compile(
    r"(?:^|[\s,T]|\bat\s)(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?\s*(?P<half>[ap])?\.?(?:m\.?)?|(?P<word>noon|midnight))$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
_NOON = 12
_HOURS = 24


def choice(typed: str, choices: tuple[str, ...]) -> str | None:
    """The choice that is meant, or ``None``: the word itself, another word for it, or the only one with it in it."""
    wanted = typed.strip().lower()
    for choice_ in choices:
        if choice_.lower() == wanted:
            return choice_
    if _ALSO.get(wanted) in choices:
        return _ALSO[wanted]
    holding = [each for each in choices if re.search(rf"\b{re.escape(wanted)}", each.lower())] if wanted else []
    return holding[0] if len(holding) == 1 else None


def day(typed: str) -> dt.date | None:
    """A day: ``2026-12-03``, ``December 3, 2026``, ``3 Dec 2026``. Only digits with slashes say too little."""
    words = " ".join(typed.replace(",", ", ").split()).replace(" ,", ",")
    try:
        if found := _ISO.match(words):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _MONTH_FIRST.match(words):
            return dt.date(int(found[3]), _MONTHS.get(found[1].lower()[:3], 0), int(found[2]))
        if found := _DAY_FIRST.match(words):
            return dt.date(int(found[3]), _MONTHS.get(found[2].lower()[:3], 0), int(found[1]))
    except ValueError:
        return None
    return None


def moment(typed: str, that_day: dt.date | None = None) -> dt.datetime | None:
    """A day and a time; a time alone is of ``that_day``, when there is one."""
    found = _TIME.search(typed.strip())
    if found is None:
        return None
    before = typed.strip()[: found.start()].strip().rstrip(",").removesuffix(" at").strip()
    on = day(before) if before else that_day
    bare = found["word"] is None and found["minute"] is None and found["half"] is None
    if on is None or bare:
        return None
    if found["word"]:
        hour = _NOON if found["word"].lower() == "noon" else 0
    else:
        hour = int(found["hour"])
        if found["half"]:
            if not 1 <= hour <= _NOON:
                return None
            hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    if hour >= _HOURS:
        return None
    return dt.datetime(on.year, on.month, on.day, hour, int(found["minute"] or 0))  # noqa: DTZ001 - the library's time
