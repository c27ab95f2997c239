"""Answers as people give them, put as the website takes them: UK is GB, fr-CA is fr, “Chicago” is a time zone.

What cannot be understood stays as it was said, so that the question is asked again with their own words.
"""

from __future__ import annotations

import collections
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_name
from babel.localedata import locale_identifiers

from audit.standards.laws import law_meant
from library_frontmatter import spoken
from library_frontmatter.meant import hex_colour
from library_places import postal_meant
from library_schemas.parts import WEEKDAYS

_COUNTRIES = {"UK": "GB", "USA": "US", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "NORTHERN IRELAND": "GB"}
_CLOSED = re.compile(
    r"closed|shut|ferm[ée]e?|cerrado|geschlossen|gesloten|chiuso|fechado|stengt|lukket|st[äa]ngt|dúnta|ar gau|dùinte|[-–—]+|none|no",
    re.IGNORECASE,
)
_NOON = 12
#: What people call the place where a website is published → the choice that is meant.
_HOSTS = {
    "github-pages": ("github", "gh-pages", "github.io"),
    "cloudflare": ("cloudflare-pages",),
    "own-server": (
        "apache", "nginx", "iis", "sftp", "ftp", "server", "our-server", "our-own-server", "own", "cpanel", "plesk",
        "web-server", "webserver", "county-it", "it",
    ),
    "later": ("none", "unknown", "not-yet", "don't-know"),
}  # fmt: skip
_YES = frozenset({"yes", "y", "yeah", "yep", "oui", "o", "si", "sí", "ja"})
_NO = frozenset({"no", "n", "nope", "non", "nein"})
_AND = re.compile(r"\s*(?:;|/|&|\b(?:and|et|und|y|en|e)\b)\s*", re.IGNORECASE)


def country(typed: str) -> str:
    """The two letters of a country: ``us``, ``UK`` and ``Canada`` are understood."""
    code = typed.strip().upper().replace(".", "")
    return _COUNTRIES.get(code) or (code if len(code) == len("CA") else spoken.code_of(typed, "territories") or typed)


def language(typed: str) -> str:
    """The short name of a language: ``fr-CA`` is ``fr``, and ``English`` is ``en``."""
    code = re.split(r"[-_]", typed.strip())[0].lower()
    return code if re.fullmatch("[a-z]{2,3}", code) else spoken.code_of(typed, "languages") or typed


def zone(typed: str, zones: Iterable[str], choice: Iterable[str]) -> str:
    """A time zone by its IANA name, its city (``Chicago``), or what clocks call it (``Central Time``).

    Where several are called so, “Central Time” is that of Winnipeg, not of Regina, whose clocks stay the same all year.
    """
    wanted = re.sub(r"[\s_]+", " ", typed.strip().casefold())
    cities = {each.rpartition("/")[2].replace("_", " ").casefold(): each for each in zones}
    if not wanted or wanted in cities:
        return cities.get(wanted, typed)
    called = [each for each in choice if wanted in _names(each, "generic", "standard", "daylight")]
    if len(called) > 1:
        called = [each for each in called if wanted in _names(each, "generic", "daylight") and clocks_change(each)]
    # Eastern Time is Toronto's rather than Iqaluit's: the one that more older names stand for is the better known.
    known = collections.Counter(get_global("zone_aliases").values())
    return max(called, key=lambda each: known[each], default=typed)


def _names(zone_name: str, *variants: Literal["generic", "standard", "daylight"]) -> set[str]:
    names = {
        get_timezone_name(zone_name, width=width, zone_variant=variant, locale="en").casefold()
        for width in ("long", "short")
        for variant in variants
    }
    return names | {name.removesuffix(" time") for name in names}


def zone_in_words(zone_name: str) -> str:
    """``America/Halifax: Atlantic Time``; of one whose clocks stay the same all year, that too."""
    name = get_timezone_name(zone_name, width="long", zone_variant="generic", locale="en")
    return f"{zone_name}: {name}{'' if clocks_change(zone_name) else ', the same all year'}"


def clocks_change(zone_name: str) -> bool:
    """Whether a time zone has summer time."""
    return len({dt.datetime(2026, month, 1, 12, tzinfo=ZoneInfo(zone_name)).utcoffset() for month in (1, 7)}) > 1


def web_address(typed: str) -> str:
    """An address of a website: with its scheme, and without the page that a browser shows at its end."""
    address = re.sub(r"(?<=/)(?:index|default|home)\.(?:html?|php|aspx?)$", "", typed.strip().strip("<>"))
    return f"https://{address}" if re.match(r"www\.[^\s/]+\.\w", address) else address


def email(typed: str) -> str:
    """An email address alone."""
    return re.sub(r"^mailto:", "", typed.strip().strip("<>"), flags=re.IGNORECASE)


def colour(typed: str) -> str:
    """A colour as # and six digits: ``#fc0``, ``07384a`` and the names of CSS are understood."""
    return hex_colour(typed) or typed


def colours(typed: str) -> list[str]:
    """Colours with commas or blanks between them; a name may be of two words."""
    parts = re.split(r"\s*[,;]\s*", typed.strip()) if re.search("[,;]", typed) else typed.split()
    return [colour(part) for part in parts if part]


def yes_or_no(typed: str) -> str:
    """``yes`` or ``no`` for ``Y``, ``oui`` and ``non``."""
    word = typed.strip(" .!").casefold()
    return "yes" if word in _YES else "no" if word in _NO else typed


def file(typed: str) -> str:
    """A file's name: without the quotation marks that a copied path has; nothing for ``none``."""
    name = typed.strip().strip("\"'“”").strip()
    return "" if name.casefold() in {*_NO, *_HOSTS["later"], "later"} else name


def host(typed: str) -> str:
    """Where the website is published: ``GitHub`` and ``Apache`` are understood."""
    name = re.sub(r"[\s_]+", "-", typed.strip().casefold())
    return next((known for known, names in _HOSTS.items() if name in names), name or typed)


def week(typed: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """Opening times of a week in one line, ``Mon-Fri 10-18, Sat 10am-2pm``: day → times; ``None``: not understood."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    last: tuple[str, ...] = ()
    for part in re.split(r"\s*[,;\n]\s*", typed.strip(" .")):
        match = re.match(r"([^\W\d][^\d]*?)\s*[:\s]\s*(\d.*|" + _CLOSED.pattern + ")$", part, re.IGNORECASE)
        if match and days(match[1], known):
            last = (*(day for each in waiting for day in days(each, known)), *days(match[1], known))
            found |= dict.fromkeys(last, match[2])
            waiting = []
        elif days(part, known):
            waiting.append(part)
        elif last and not waiting and part[:1].isdigit():
            found |= {day: f"{found[day]}, {part}" for day in last}
        else:
            return None
    return None if waiting else found


def times(typed: str) -> str:
    """Opening times of a day on the 24-hour clock, with commas between several; ``closed``.

    Hours alone are taken as they stand where nothing else can be meant: 10-18, but not 10-5.
    """
    said = " ".join(typed.split())
    if _CLOSED.fullmatch(said.strip(" .")):
        return "closed"
    by_24 = re.search(r"\bUhr\b", said, re.IGNORECASE) is not None
    said = re.sub(r"\bUhr\b|\bo['’]clock\b", "", said, flags=re.IGNORECASE).strip()
    said = re.sub(r"(?<![\d:.])([01]\d|2[0-3])([0-5]\d)(?![\d:.])", r"\1:\2", said)
    said = re.sub(r"(\d)\s*h\s*(\d\d)(?!\d)", r"\1h\2", re.sub(r"(\d)\s+h\b", r"\1h", said, flags=re.IGNORECASE))
    said = re.sub(r"\s+(?:bis|a|até|tot|til)\s+|\s*—\s*", "-", said, flags=re.IGNORECASE)

    def hours(found: re.Match[str]) -> str:
        opens, closes = int(found[1]), int(found[2])
        return f"{opens}:00-{closes}:00" if opens < closes and (by_24 or closes > _NOON) else found[0]

    bare = r"(?<![\d:.])(\d\d?)\s*(?:-|–|\bto\b|\bà\b)\s*(\d\d?)(?![\d:.h]|\s*[ap]\.?m)"
    return spoken.opening_times(_AND.sub(", ", re.sub(bare, hours, said)))


def days(typed: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The weekdays that a key of opening times names: ``mon``, ``mardi``, ``Monday-Friday``, ``weekdays``; none: unknown."""
    said = typed.strip().casefold()
    if said in {"weekdays", "every weekday"}:
        return WEEKDAYS[:5]
    if said in {"daily", "every day", "weekends", "weekend"}:
        return WEEKDAYS if "da" in said else WEEKDAYS[5:]
    ends = [known.get(part.strip(" .")) for part in re.split(r"\s*(?:-|–|—|\bto\b|\bbis\b|\bau\b|\bà\b)\s*", said)]
    if len(ends) == 2 and ends[0] and ends[1]:
        first, last = (WEEKDAYS.index(each) for each in ends if each)
        return tuple(WEEKDAYS[number % 7] for number in range(first, last + 1 + (7 if last < first else 0)))
    several = [known.get(part.strip(" .")) for part in re.split(r"\s*(?:,|/|&|\band\b|\bet\b|\bund\b)\s*", said)]
    return tuple(each for each in several if each) if all(several) else ()


def weekdays_in(languages: Iterable[object]) -> Mapping[str, str]:
    """What the weekdays are called in languages, in full and in short: name in small letters → name in English."""
    known: dict[str, str] = {}
    for name in ("en", *languages):
        if isinstance(name, str) and name in locale_identifiers():
            for width in ("abbreviated", "wide"):
                names = Locale.parse(name).days["format"][width]
                known |= {str(names[number]).casefold().strip("."): day for number, day in enumerate(WEEKDAYS)}
    return known | {"tues": "tuesday", "thur": "thursday", "thurs": "thursday", "weds": "wednesday"}


def understood(data: Mapping[str, Any], zones: Any, choice: Any) -> dict[str, Any]:
    """All answers of a file as they are meant. ``zones`` and ``choice``: of a country, those it has and those asked for."""

    def each(read: Any, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [each(read, one) for one in value]
        return read(value) if isinstance(value, str) else value

    found = dict(data)
    readers = {
        "country": country,
        "languages": language,
        "url": web_address,
        "email": email,
        "colours": colour,
        "host": host,
        "law": law_meant,
    }
    found |= {name: each(read, found[name]) for name, read in readers.items() if name in found}
    if isinstance(found.get("languages"), list):
        found["languages"] = list(dict.fromkeys(map(str, found["languages"])))
    place = str(found.get("country", ""))
    if isinstance(found.get("timezone"), str):
        found["timezone"] = zone(found["timezone"], zones(place), choice(place))
    if isinstance(found.get("branches"), list | tuple):
        known = weekdays_in(found.get("languages") or ())
        found["branches"] = [_branch(branch, place, known) for branch in found["branches"]]
    return found


def _branch(branch: object, place: str, known: Mapping[str, str]) -> object:
    if not isinstance(branch, dict):
        return branch
    found = dict(branch)
    if isinstance(found.get("province"), str) and re.fullmatch(r"\s*[a-z]{2,3}\s*", found["province"]):
        found["province"] = found["province"].upper()
    for name in ("postal_code", "phone"):
        if isinstance(found.get(name), int):
            found[name] = str(found[name])
    if isinstance(found.get("postal_code"), str):
        found["postal_code"] = postal_meant(found["postal_code"], place)
    if isinstance(found.get("hours"), str):
        found["hours"] = week(found["hours"], known) or found["hours"]
    if isinstance(found.get("hours"), dict):
        found["hours"] = {
            day: span for said, span in found["hours"].items() for day in (days(str(said), known) or (str(said),))
        }
    return found
