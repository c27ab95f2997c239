"""Answers as people say them: “kids”, “4pm”, “December 3”."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from babel import Locale
from babel.localedata import locale_identifiers

from library_schemas.parts import WEEKDAYS


def _without_accents(typed: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", typed.lower()) if not unicodedata.combining(each))


#: Other words for what the lists of choices hold.
_ALSO = {
    "adult": "adults", "all": "everyone", "all ages": "everyone", "anyone": "everyone", "baby": "babies", "infants": "babies",
    "kids": "children", "kid": "children", "child": "children", "toddlers": "preschool", "preschoolers": "preschool",
    "family": "families", "older adults": "seniors", "senior": "seniors", "teenagers": "teens", "teen": "teens",
    "youth": "teens", "tween": "tweens",
    "book talk": "book club", "exercise": "health and wellness", "fitness": "health and wellness", "movie": "film",
    "movies": "film", "gaming": "games", "computer help": "tech help", "story time": "storytime", "yoga": "health and wellness",
    "sign up": "required", "registration": "required", "walk in": "drop-in", "drop in": "drop-in", "no": "none",
    "yes": "required", "true": "required", "false": "none", "not required": "none", "not needed": "none",
    "upcoming": "scheduled", "planned": "scheduled", "past": "held", "done": "held",
    "comic": "graphic novel", "comics": "graphic novel", "dvd": "film", "blu-ray": "film", "cd": "music",
    "young adults": "teens", "grown-ups": "adults", "grownups": "adults",
    "lift": "elevator", "accessible toilet": "accessible washroom", "accessible restroom": "accessible washroom",
    "step-free entrance": "level entrance", "hearing loop": "assistive listening", "induction loop": "assistive listening",
    "sold out": "full", "fully booked": "full", "called off": "cancelled", "moved": "postponed",
    "closed": "closure", "out of order": "service out", "broken": "service out",
}  # fmt: skip
_TIME = re.compile(
    r"(?:^|[\s,T]|\bat\s)(?:(?P<hour>\d{1,2})(?:(?:[:.]|\s?h\s?)(?P<minute>[0-5]\d))?\s*(?P<half>[ap])?\.?(?:m\.?)?|(?P<word>noon|midnight))$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
#: The beginnings of the names of months, without accents, in English and French: of each as much as tells it from others.
_MONTHS: Mapping[str, int] = {
    _without_accents(name)[: 4 if name.startswith("jui") else 3]: number
    for language in ("en", "fr")
    for number, name in Locale(language).months["format"]["wide"].items()
}
_MONTH_FIRST = re.compile(r"^([^\W\d]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|er)?\s+([^\W\d]{3,9})\.?,?\s+(\d{4})$")
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\b[.,]*\s*",
    re.IGNORECASE,
)
#: What North American clocks show, behind a time.
_ZONE = re.compile(r"\s+\(?(?:[AECMP][SD]?T|NST|NDT|H[NA][AERCPT])\)?$")
#: The days of the week in short, and in French.
_SHORT_DAYS = ("mon", "tues?", "weds?", "thu(?:rs?)?", "fri", "sat", "sun")
_FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAILY = re.compile(r"\bdaily\b|\bevery (?:day|weekday)\b|\btous les jours\b|\bweekdays\b")
_WEEKLY = re.compile(r"\bweek|\bbi-?weekly\b|\bfortnight|\bsemaine|\bhebdomadaire")
_INTERVAL = re.compile(
    r"\b(?:every|toutes les)\s+(?P<number>\d+|two|three|four|other|second|2nd)\s+(?:weeks?|months?|semaines)\b"
)
_NUMBERS_IN_WORDS = {"two": "2", "three": "3", "four": "4"}
_NTH = {
    "1": "first|1st|premier",
    "2": "second|2nd|deuxieme",
    "3": "third|3rd|troisieme",
    "4": "fourth|4th",
    "-1": "last|dernier",
}
_NOON = 12
_HOURS = 24
#: Between two times of a day.
_TO = re.compile(r"\s*(?:–|—|-|\bto\b|\buntil\b|\btill\b|\bà\b|\s/\s)\s*", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?|heures?)\.?\s*(?P<rest>\d\d)?)?\s*(?:and|et)?\s*"
    r"(?:(?P<minutes>\d+)\s*(?:m|mins?|minutes?)\.?)?",
    re.IGNORECASE,
)
_DAY_WITHIN = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b[^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|er)?\s+[^\W\d]{3,9}\.?,?\s+\d{4}\b"
)
_DAY_WITHOUT_YEAR = re.compile(
    r"\b([^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:er|\.)?\s+[^\W\d]{3,9}\.?)(?![\d:.h]|\s*[ap]\.?m\b|,?\s*\d{4})"
)
#: A time of day as people write it: 10 am, 9:30 a.m., 17h30, 17:30, noon.
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d\d)?)?\s*([ap])\.?m\b\.?|\b(\d{1,2})[:.h](\d\d)?|\b(noon)\b", re.IGNORECASE)


def _month(typed: str) -> int:
    """The number of a month by the beginning of its name; 0 for none, which is in no date."""
    name = _without_accents(typed)
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3], 0)


def choice(typed: str, choices: tuple[str, ...]) -> str | None:
    """The choice that is meant, or ``None``: the word itself, another word for it, or the only one with it in it."""
    wanted = typed.strip(" .!\t").lower()
    for choice_ in choices:
        if choice_.lower() == wanted:
            return choice_
    if _ALSO.get(wanted) in choices:
        return _ALSO[wanted]
    if set(choices) == {*WEEKDAYS} and len(days := _weekdays(_without_accents(wanted))) == 1:
        return days[0]
    if wanted.endswith("s") and wanted[:-1] in choices:
        return wanted[:-1]
    joined = re.sub(r"[\s-]", "", wanted)
    if same := next((each for each in choices if re.sub(r"[\s-]", "", each.lower()) == joined), None):
        return same
    holding = [each for each in choices if re.search(rf"\b{re.escape(wanted)}", each.lower())] if wanted else []
    return holding[0] if len(holding) == 1 else None


def day(typed: str) -> dt.date | None:
    """A day: ``2026-12-03``, ``December 3, 2026``, ``3 Dec 2026``. Only digits with slashes say too little."""
    words = _WEEKDAY.sub("", " ".join(typed.replace(",", ", ").split()).replace(" ,", ","))
    try:
        if found := _ISO.match(words):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _MONTH_FIRST.match(words):
            return dt.date(int(found[3]), _month(found[1]), int(found[2]))
        if found := _DAY_FIRST.match(words):
            return dt.date(int(found[3]), _month(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def moment(typed: str, that_day: dt.date | None = None) -> dt.datetime | None:
    """A day and a time; a time alone is of ``that_day``, when there is one."""
    typed = _ZONE.sub("", typed.strip())
    found = _TIME.search(typed)
    if found is None:
        return None
    before = re.sub(r"(?:\s(?:at|à))?[\s,]*$", "", typed[: found.start()].strip())
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


def span(typed: str) -> tuple[dt.datetime, dt.datetime] | None:
    """A day with two times: ``December 3, 2026, 2-4 pm``. Half of the day said once holds for both."""
    for dash in reversed(list(_TO.finditer(typed))):
        first, last = typed[: dash.start()], typed[dash.end() :]
        half = re.search(r"([ap])\.?m\.?$", last.strip(), re.IGNORECASE)
        starts = moment(first) or (moment(f"{first} {half[0]}") if half else None)
        ends = moment(last, starts.date()) if starts else None
        if starts and ends and starts.date() == ends.date():
            return starts, ends
    return None


def length(typed: str) -> dt.timedelta | None:
    """How long something takes: ``90 minutes``, ``1.5 hours``, ``1 h 30``."""
    found = _LENGTH.fullmatch(typed.strip())
    if not found or not (found["hours"] or found["minutes"]):
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return dt.timedelta(minutes=round(hours * 60) + int(found["minutes"] or found["rest"] or 0))


def day_within(typed: str) -> dt.date | None:
    """The one day that is named among other words: ``2026-11-09 by Ann``; ``None`` where there is none, or several."""
    found = {on for each in _DAY_WITHIN.finditer(typed) if (on := day(each[0]))}
    return found.pop() if len(found) == 1 else None


def with_year(typed: str, year: int) -> str:
    """A text with the year added behind the day that lacks it; the text itself where none does."""
    return _DAY_WITHOUT_YEAR.sub(rf"\1, {year}", typed, count=1)


def weekday_named(typed: str) -> int | None:
    """The day of the week with which a date begins, Monday being 0."""
    found = _WEEKDAY.match(typed.strip())
    days = _weekdays(_without_accents(found[0])) if found else []
    return WEEKDAYS.index(days[0]) if len(days) == 1 else None


def recurrence(typed: str) -> dict[str, str]:
    """How something repeats, as the fields of a program have it: ``every second Tuesday until May 4, 2027`` is
    ``{"every": "week", "interval": "2", "days": "[tuesday]", "until": "2027-05-04"}``; empty when it cannot be understood.
    """
    words = _without_accents(typed)
    days = "" if _DAILY.search(words) else ", ".join(_weekdays(words))
    nth = next((number for number, name in _NTH.items() if re.search(rf"\b(?:{name})\b", words)), "")
    monthly = re.search(r"\bmonth|\bmois\b|\bmensuel", words) or (nth and "every" not in words and days)
    if not days and not monthly and not _WEEKLY.search(words) and not _DAILY.search(words):
        return {}
    found = {"every": "month" if monthly else "week"}
    several = _INTERVAL.search(words) or (not monthly and re.search(r"\bevery (?P<number>2nd|second)\b", words))
    if several or re.search(r"\b(?:bi-?weekly|fortnight)", words):
        given = several["number"] if several else "2"
        found["interval"] = given if given.isdigit() else _NUMBERS_IN_WORDS.get(given, "2")
    if _DAILY.search(words):
        days = ", ".join(WEEKDAYS[:5] if "weekday" in words else WEEKDAYS)
    if days:
        found["days"] = f"[{days}]"
    if monthly:
        found |= {"nth": nth or "…", "days": found.get("days", "[…]")}
    last = re.search(r"\b(?:until|till?|through|ends?(?: on)?|jusqu'?au|jusqu’au)\s+(.+)$", typed, re.IGNORECASE)
    times = re.search(r"\b(\d+)\s+(?:times|sessions|weeks|classes|fois)\b", words)
    if last and (on := day(last[1].strip())):
        found["until"] = on.isoformat()
    elif times and not (several and several["number"] == times[1]):
        found["count"] = times[1]
    else:
        found["until"] = "…"
    return found


def _weekdays(words: str) -> list[str]:
    """The days of the week that are named, in the order of the week."""
    return [
        name
        for name, short, french in zip(WEEKDAYS, _SHORT_DAYS, _FRENCH_DAYS, strict=True)
        if re.search(rf"\b(?:{name}s?|{short}|{french}s?)\b", words)
    ]


def opening_times(typed: str) -> str:
    """Opening times of a day with what can be understood put on the 24-hour clock: ``10 am to 5:30 pm`` is ``10:00-17:30``."""

    def on_24_hours(match: re.Match[str]) -> str:
        if match[6]:
            return "12:00"
        hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
        if match[3]:
            hour = hour % _NOON + (_NOON if match[3].lower() == "p" else 0)
        return f"{hour:02}:{minute}"

    return re.sub(r"\s*(?:-|–|\bto\b|\bà\b|\ba\b)\s*", "-", _CLOCK.sub(on_24_hours, typed.strip()))


def code_of(typed: str, kind: str) -> str:
    """The code of a country (``territories``) or a language (``languages``) by its name in English, French or itself."""
    wanted = typed.strip().casefold()
    for names in (getattr(Locale(each), kind) for each in ("en", "fr")):
        if found := next((code for code, name in sorted(names.items()) if name.casefold() == wanted), ""):
            return str(found)
    own = (code for code in locale_identifiers() if code.isalpha() and kind == "languages")
    return next((code for code in own if (Locale(code).display_name or "").casefold() == wanted), "")
