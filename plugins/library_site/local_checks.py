"""What can only be judged in the library's own place: telephone numbers, postal codes, its own lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any
from zoneinfo import available_timezones

from library_base.errors import Problem, did_you_mean, listed
from library_frontmatter import Lines
from library_frontmatter.spoken import choice
from library_model.model import ContentFile
from library_places import Point, distance, known_country, postal_problem, telephone_problem
from library_schemas import Branch, Library, Meeting, Program, Record
from library_schemas.activity import KINDS, SERVICE_GROUPS
from library_schemas.parts import AUDIENCES
from library_schemas.resource import EQUIPMENT_GROUPS, RESOURCE_KINDS
from library_words.translate import money
from library_words.voice import first_language

type Place = tuple[str | int, ...]

#: So many branches with a place show where the library is.
_ENOUGH_BRANCHES = 3
#: No library's branches are further apart than this, in km.
_FAR = 2000
#: Fields that hold a telephone number, by their place in a record.
_TELEPHONES: tuple[tuple[str, ...], ...] = (("phone",), ("contact_phone",), ("registration", "phone"))


def library_problems(library: Library, lines: Lines) -> Iterator[Problem]:
    """What is wrong with the place, the telephone number and the languages of ``library.yml``."""
    hint = "Write the two letters of the country, such as CA, US or GB."
    if "/" not in library.timezone and library.timezone in available_timezones():
        named = "Write a time zone that names a city, such as America/Toronto."
        message = f"“{library.timezone}” may not follow daylight saving time."
        yield Problem(lines.path, lines["timezone"], "timezone", message, named)
        return
    if not library.place:
        # A time zone that nobody knows is told of where it is read.
        if library.timezone in available_timezones():
            named = "Write a time zone that names a city, such as America/Toronto, or the country as well: country: CA."
            yield Problem(lines.path, lines["timezone"], "country", f"“{library.timezone}” is in no country.", named)
        return
    if not known_country(library.place):
        yield Problem(lines.path, lines["country"], "country", f"“{library.place}” is not a country.", hint)
        return
    if len(set(library.languages)) < len(library.languages):
        yield Problem(lines.path, lines["languages"], "languages", "A language is there twice.", "Name each one once.")
    if found := re.search(r"/(?:index|default|home)\.(?:html?|php|aspx?)$", library.url):
        right = library.url.removesuffix(found[0].lstrip("/"))
        message = f"“{library.url}” is the address of one page, not of the website."
        yield Problem(lines.path, lines["url"], "url", message, f"Write {right}.")
    for index, link in enumerate(library.social):
        if not re.match(r"(?:https?://|mailto:)\S", link.url):
            message = f"“{link.url}” is not a web address."
            hint = "Write the whole address, as the browser shows it: https://…"
            yield Problem(lines.path, lines.of("social", index), "social", message, hint)
    yield from place_problems(library, lines, library.place)


def record_problems(record: Record, type_: str, lines: Lines, library: Library) -> Iterator[Problem]:
    """What is wrong with a record of the type ``type_`` in this library's place and by its lists."""
    lists = library.lists
    yield from place_problems(record, lines, library.place)
    if (
        isinstance(record, Program)
        and not record.is_free
        and record.support_person_fee is None
        and _in_ontario(library)
    ):
        # O. Reg. 191/11, section 80.47 (7).
        message = "A program with a cost must say what a support person pays."
        yield Problem(lines.path, lines.of("cost"), "cost", message, "Write support_person_fee: free, or what it is.")
    for field in ("cost", "overdue", "replacement", "loan"):
        number = getattr(record, field, None)
        if isinstance(number, str) and re.fullmatch(r"\d+(?:[.,]\d\d?)?", number):
            meant = f"{number} days" if field == "loan" else money(float(number.replace(",", ".")), first_language())
            message = f"“{number}” in “{field}” has no {'unit' if field == 'loan' else 'currency'}."
            yield Problem(lines.path, lines.of(field), field, message, f"Write {field}: {meant}.")
    audiences = lists.audiences or AUDIENCES
    for index, who in enumerate(getattr(record, "audience", ())):
        yield from _unlisted(who, audiences, lines, ("audience", index))
    if type_ == "e-resources":
        for index, kind in enumerate(getattr(record, "kinds", ())):
            yield from _unlisted(kind, lists.resource_kinds or RESOURCE_KINDS, lines, ("kinds", index))
    known: Mapping[str, tuple[str, Sequence[str]]] = {
        "programs": ("kind", lists.kinds or KINDS),
        "services": ("group", lists.service_groups or SERVICE_GROUPS),
        "equipment": ("group", lists.equipment_groups or EQUIPMENT_GROUPS),
    }
    if type_ in known:
        field, words = known[type_]
        yield from _unlisted(getattr(record, field), words, lines, (field,))


def _in_ontario(library: Library) -> bool:
    """Whether Ontario's regulation holds here: where no province is named, what most of its libraries leave out."""
    return library.place == "CA" and (library.address.province or "ON").strip(". ").upper() in {"ON", "ONT", "ONTARIO"}


def misplaced_branches(files: Iterable[ContentFile]) -> Iterator[Problem]:
    """Branches on another continent than the rest: latitude and longitude exchanged, or a sign left out."""
    placed = [(file, file.record.geo) for file in files if isinstance(file.record, Branch) and file.record.geo]
    points = [Point(geo.latitude, geo.longitude) for _, geo in placed]
    if len(points) < _ENOUGH_BRANCHES:
        return
    middle = Point(median(each.latitude for each in points), median(each.longitude for each in points))
    for (file, _), point in zip(placed, points, strict=True):
        if (far := distance(point, middle)) > _FAR:
            yield Problem(
                file.source, file.lines.of("geo"), "geo", f"The place in “geo” is {far:,.0f} km from the other branches.",
                "Are latitude and longitude in the right fields, and is there a minus sign where one belongs? West of"
                " Greenwich the longitude begins with one.",
            )  # fmt: skip


def said_too_early(files: Iterable[ContentFile], today: dt.date) -> Iterator[Problem]:
    """What is said to have been done on a day that has not come: meetings that were held, pages that were reviewed."""
    for file in files:
        record = file.record
        if record.reviewed is not None and record.reviewed > today:
            yield Problem(
                file.source, file.lines.of("reviewed"), "reviewed",
                f"{record.reviewed} has not come yet; “reviewed” is the day on which somebody last read the page through.",
                "Correct the day; review_by says when the next review is due.",
            )  # fmt: skip
        if isinstance(record, Meeting) and record.state == "held" and record.starts.date() > today:
            yield Problem(
                file.source, file.lines.of("state"), "state",
                f"This meeting is on {record.starts:%Y-%m-%d}, and cannot have been held.",
                "Write state: scheduled, or correct “starts”.",
            )  # fmt: skip


def _unlisted(value: str, words: Sequence[str], lines: Lines, place: Place) -> Iterator[Problem]:
    if value not in words:
        field = str(place[0])
        meant = choice(value, tuple(words))
        parts = [choice(each, tuple(words)) for each in re.split(r"\s*[;/|]\s*|\s+(?:and|et|&)\s+", value)]
        parts = parts if len(parts) > 1 else [choice(each, tuple(words)) for each in value.split()]
        if isinstance(place[-1], int) and len(parts) > 1 and all(parts):
            message = f"“{value}” in “{field}” is {len(parts)} values."
            yield Problem(
                lines.path, lines.of(*place), field, message, f"Put commas between them: {', '.join(map(str, parts))}."
            )
            return
        hint = f"Did you mean “{meant}”?" if meant else did_you_mean(value, words)
        ages = "Ages have a field of their own: ages." if field == "audience" and re.search(r"\d", value) else ""
        yield Problem(
            lines.path, lines.of(*place), field, f"“{value}” is not a value of “{field}”.",
            f"{hint or ages} Write {listed(words)}. Your own lists are in “lists” of content/library.yml.".strip(),
        )  # fmt: skip


def _get(owner: Any, name: str) -> Any:
    return owner.get(name) if isinstance(owner, Mapping) else getattr(owner, name, None)


def place_problems(owner: Any, lines: Lines, country: str) -> Iterator[Problem]:
    """What is wrong with telephone numbers and the postal code of a record, or of answers not complete yet."""
    for place in _TELEPHONES:
        value: Any = owner
        for name in place:
            value = _get(value, name)
        if isinstance(value, str) and (hint := telephone_problem(value, country)):
            shown = " › ".join(place)
            yield _problem(lines, place, f"“{value}” does not look right in “{shown}”.", hint)
    code = _get(_get(owner, "address"), "postal_code")
    if isinstance(code, str) and (hint := postal_problem(code, country)):
        message = f"“{code}” does not look right in “address › postal_code”."
        yield _problem(lines, ("address", "postal_code"), message, hint)


def _problem(lines: Lines, place: Place, message: str, hint: str) -> Problem:
    shown = " › ".join(str(part) for part in place)
    return Problem(lines.path, lines.of(*place), shown, message, f"{hint[0].upper()}{hint[1:]}.")
