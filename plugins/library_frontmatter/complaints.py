"""Turns what a schema says about a value into a sentence for the person who wrote it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from library_base.errors import Problem, did_you_mean, listed, slug_of
from library_frontmatter.meant import (
    as_a_list,
    as_fields,
    as_pair,
    belongs_inside,
    degrees,
    field_meant,
    is_pair,
    opening_meant,
    quoted,
    repaired,
)
from library_frontmatter.schema_fields import (
    field_at,
    literals,
    member_kind,
    member_words,
    model_at,
    takes,
    written_name,
)
from library_frontmatter.spoken import choice, day, day_within, moment, recurrence, weekday_named, with_year
from library_frontmatter.together import Together, told_together
from library_frontmatter.yaml_lines import Place
from library_schemas.base import Picture
from library_schemas.parts import WEEKDAYS

_LIKE_A_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?P<time>\D.*)?$")
#: What stands in a field whose value nobody knows yet, or that has none.
_NOTHING = re.compile(
    r"(?:tb[acd]|unknown|none|n/?a|not (?:yet )?known|to be (?:announced|confirmed|determined)|until further notice|ongoing"
    r"|permanent|indefinite(?:ly)?|unlimited|no limit|never|[?]+|[-–—]+|inconnue?|aucune?|à (?:venir|confirmer))[.!]?",
    re.IGNORECASE,
)
#: Those that say that there is no end or no limit, which a field that is left out says too.
_NO_END = re.compile(r"permanent|indefinite|unlimited|no limit|never|none", re.IGNORECASE)
#: How many fields are named where none was meant for certain.
_FEW = 8
_SEVERAL_DAYS = re.compile(r"^(?P<first>.+?)\s*(?:\bto\b|\buntil\b|–|\s-\s)\s*(?P<last>.+)$")
_MIDNIGHT = re.compile(r"^(?P<day>.+?)[ T]+24[:.h]00$")
_EXAMPLES = {
    "date_from_datetime_parsing": "Write a date as 2026-12-03.",
    "date_from_datetime_inexact": "Write the date without a time: 2026-12-03.",
    "date_parsing": "Write a date as 2026-12-03.",
    "date_type": "Write a date as 2026-12-03.",
    "datetime_parsing": "Write a day and time as 2026-12-03 10:30.",
    "datetime_from_date_parsing": "Write a day and time as 2026-12-03 10:30.",
    "datetime_type": "Write a day and time as 2026-12-03 10:30.",
    "bool_parsing": "Write true or false.",
    "bool_type": "Write true or false.",
    "int_parsing": "Write a whole number, such as 2.",
    "int_type": "Write a whole number, such as 2.",
    "float_parsing": "Write a number, such as 44.93.",
    "float_type": "Write a number, such as 44.93.",
    "string_type": "Write a text.",
}


_DAYS = frozenset(["date_from_datetime_parsing", "datetime_from_date_parsing", "datetime_parsing"])
#: Said of a field that stands beside the one to which it belongs.
_INDENT = "Indent it by two spaces, below "


def problems_of(
    error: ValidationError, schema: type[BaseModel], data: Any, path: str, lines: Mapping[Place, int]
) -> list[Problem]:
    """Return one problem for each complaint of ``error``."""
    kept: dict[Place, Problem] = {}
    complaints = error.errors(include_url=False)
    places = [_place(tuple(each["loc"]), data, each["type"]) for each in complaints]
    pairs = {
        place[:-1]
        for place, each in zip(places, complaints, strict=True)
        if each["type"] == "extra_forbidden" and is_pair(place, _item(data, place))
    }
    for place, complaint in zip(places, complaints, strict=True):
        if complaint["type"] == "missing" and place[:-1] in pairs:
            continue
        # A union complains once for each of its members; the last one is the plainest.
        key = place if complaint["type"] != "value_error" else (*place, len(kept))
        if complaint["type"] == "too_short" and complaint["input"]:
            continue  # its members are wrong, and say so themselves
        kept[key] = _beside(complaint, place, schema, data, path, lines) or _problem(
            complaint, place, schema, path, lines, data
        )
    unknown = frozenset(
        str(place[0])
        for place, each in zip(places, complaints, strict=True)
        if each["type"] == "extra_forbidden" and len(place) == 1
    )
    together = list(told_together(schema, data, unknown))
    misspelt = {problem.hint for problem in kept.values()}
    return [
        *(_of_several(each, path, lines) for each in together),
        *_alone(kept, misspelt, {name for each in together for name in each.fields}),
    ]


def _of_several(slip: Together, path: str, lines: Mapping[Place, int]) -> Problem:
    line, name = min((lines[name,], name) for name in slip.fields if (name,) in lines)
    return Problem(path, line, name, slip.message, slip.hint)


def _alone(kept: Mapping[Place, Problem], misspelt: set[str], told: set[str]) -> list[Problem]:
    """The complaints that do not follow from another one."""
    return [
        problem
        for place, problem in kept.items()
        if not (place and place[0] in told)
        and not (
            problem.message.startswith("The field")
            and {f"Did you mean “{place[-1] if place else ''}”?", f"{_INDENT}{_spoken(place)}."} & misspelt
        )
    ]


def _beside(
    complaint: Any, place: Place, schema: type[BaseModel], data: Any, path: str, lines: Mapping[Place, int]
) -> Problem | None:
    """An unknown field that a field without a value lacks: it only has to be indented."""
    if complaint["type"] != "extra_forbidden" or len(place) != 1:
        return None
    for name, value in data.items():
        inner = model_at(schema, (name,)) if value is None else None
        if inner and place[0] in [written_name(key, field) for key, field in inner.model_fields.items()]:
            message = f"“{place[0]}” belongs to “{name}”, but was written beside it."
            return Problem(path, _line(place, lines), str(place[0]), message, f"{_INDENT}{name}.")
    return None


def _place(location: tuple[Any, ...], data: Any, kind: str) -> Place:
    """Drop what pydantic adds to a location: names of union members and validators."""
    place: list[str | int] = []
    here = data
    for step in location:
        if (isinstance(here, dict) and step in here) or (
            isinstance(here, (list, tuple)) and isinstance(step, int) and step < len(here)
        ):
            here = here[step]
        elif kind == "missing" and step == location[-1]:
            pass
        else:
            continue
        place.append(step)
    return tuple(place)


def _line(place: Place, lines: Mapping[Place, int]) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _problem(
    complaint: Any, place: Place, schema: type[BaseModel], path: str, lines: Mapping[Place, int], data: Any
) -> Problem:
    kind: str = complaint["type"]
    context: dict[str, Any] = complaint.get("ctx", {})
    name = _spoken(place)
    line = _line(place, lines)
    info = field_at(schema, place)
    about = f"{info.description}." if info and info.description else ""
    value = complaint.get("input")
    if kind == "extra_forbidden":
        return _unknown_field(place, schema, path, line, value, data)
    if kind == "missing":
        where = f" in “{_spoken(place[:-1])}”" if len(place) > 1 else ""
        return Problem(
            path, line, name, f"The field “{place[-1]}” is missing{where}.", _how_written(schema, place, about)
        )
    if kind in {"value_error", "assertion_error"}:
        return _said_by_schema(complaint, place, path, lines)
    if value is None and kind != "literal_error":
        return Problem(path, line, name, f"The field “{name}” has no value.", about)
    if (
        kind != "literal_error"
        and info
        and not info.is_required()
        and isinstance(value, str)
        and _NOTHING.fullmatch(value.strip())
    ):
        hint = "Leave this line out." if _NO_END.match(value.strip()) else "Leave this line out until it is known."
        return Problem(path, line, name, f"“{value}” does not fit “{name}”.", hint)
    if kind in _DAYS or (kind == "date_from_datetime_inexact" and re.fullmatch(r"\d{4}", str(value))):
        told = _about_a_day(
            str(value),
            name,
            with_time="datetime" in kind.partition("_")[0],
            usual=_EXAMPLES[kind],
            ends="until" if field_at(schema, (*place[:-1], "until")) else "",
            that_day=_day_beside(data, place),
        )
    elif (
        kind == "date_type" and isinstance(value, (list, tuple)) and value and field_at(schema, (*place[:-1], "until"))
    ):
        told = (
            f"“{name}” takes one day, and here are {len(value)}.",
            f"Write the first and the last: {place[-1]}: {value[0]}, until: {value[-1]}.",
        )
    elif kind == "string_type":
        told = _no_text(value, place, about)
    else:
        told = _misfit(kind, value, place, about, context) or (
            f"“{_shown(value)}” does not fit “{name}”.",
            _EXAMPLES.get(kind) or _bounds(complaint, schema, place, about),
        )
    if kind == "literal_error" and (other := _another_field(place, schema, str(value))):
        told = (told[0], f"Write {other}: {value}.")
    return Problem(path, line, name, *told)


def _how_written(schema: type[BaseModel], place: Place, about: str) -> str:
    """What a field holds, and how that is written where it is no text."""
    info = field_at(schema, place)
    if info is None:
        return about
    if words := member_words(schema, place):
        return f"{about} Write {place[-1]}: [{words[0]}], or other words of {listed(words, 'and')}."
    if words := literals(info):
        return f"{about} Write {listed(words)}."
    day_only = takes(info, "2026-12-03") and not takes(info, "any text")
    return f"{about} Write it as {place[-1]}: 2026-12-03." if day_only else about


def _misfit(kind: str, value: Any, place: Place, about: str, context: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with a text or a number that is not what its field takes; ``None`` where only the kind says it."""
    name = _spoken(place)
    match kind:
        case "literal_error":
            choices = _choices(context.get("expected", ""))
            meant = choice(str(value), tuple(choices))
            if place[-1] == "every" and (said := recurrence(f"every {value}")):
                said = {key: each for key, each in said.items() if each != "…"}
                return (
                    f"“{_shown(value)}” is not a value of “{name}”.",
                    f"Write {', '.join(f'{key}: {each}' for key, each in said.items())}.",
                )
            if place[-1] == "nth" and (said := recurrence(f"{value} monday of the month")) and said["nth"] != "…":
                return f"“{_shown(value)}” is not a value of “{name}”.", f"Write nth: {said['nth']}."
            hint = f"Did you mean “{meant}”?" if meant else did_you_mean(str(value), choices)
            return f"“{_shown(value)}” is not a value of “{name}”.", f"{hint} Write {listed(choices)}.".strip()
        case "string_too_long":
            length, limit = len(str(value)), int(context["max_length"])
            return f"“{name}” has {length} characters; {limit} is the most.", f"Take out {length - limit} or more."
        case "string_too_short" | "too_short":
            return f"The field “{name}” is empty.", about
        case "string_pattern_mismatch":
            wrong = f"“{_shown(value)}” does not look right in “{name}”."
            return wrong, repaired(place, str(value), str(context.get("pattern", "")), about)
        case "int_parsing" if len(numbers := re.findall(r"\d+", str(value))) == 1:
            return f"“{_shown(value)}” does not fit “{name}”.", f"Write {numbers[0]}."
        case "float_parsing" if number := degrees(str(value)):
            return f"“{_shown(value)}” does not fit “{name}”.", f"Write {number}."
    return None


def _item(data: Any, place: Place) -> Any:
    """What holds the value at a place of a file."""
    step: Any
    for step in place[:-1]:
        data = data[step] if isinstance(data, (Mapping, list, tuple)) else None
    return data


def _unknown_field(place: Place, schema: type[BaseModel], path: str, line: int, value: Any, data: Any) -> Problem:
    """A field that the schema does not have, with the one that was meant."""
    name = _spoken(place)
    owner = model_at(schema, place[:-1])
    known = [written_name(key, field) for key, field in owner.model_fields.items()] if owner else []
    where = f" in “{_spoken(place[:-1])}”" if len(place) > 1 else f" in {a_kind(schema)}"
    if owner and is_pair(place, _item(data, place)) and not field_meant(str(place[-1]), known):
        wrong = f"“{place[-1]}” is where the name of a field belongs."
        return Problem(path, line, name, wrong, f"Write {as_pair(str(place[-1]), str(value), owner)}.")
    return Problem(
        path,
        line,
        name,
        f"There is no field “{place[-1]}”{where}.",
        field_meant(str(place[-1]), known)
        or belongs_inside(place, owner, value)
        or _belongs_outside(place, schema)
        or _known_fields(str(place[-1]), known),
    )


def _belongs_outside(place: Place, schema: type[BaseModel]) -> str:
    """That a field of the file itself was written within another one."""
    fields = [written_name(key, field) for key, field in schema.model_fields.items()]
    if len(place) == 1 or place[-1] not in fields:
        return ""
    return f"It is a field of {a_kind(schema)} itself: write {place[-1]}: without spaces in front."


def _known_fields(name: str, known: Sequence[str]) -> str:
    """The fields that there are; of very many those whose names are nearest."""
    if len(known) <= _FEW:
        return f"The fields are {listed(known)}."
    near = difflib.get_close_matches(name.lower(), known, n=_FEW // 2, cutoff=0.55)
    first = near or known[:_FEW]
    return f"Fields are {', '.join(first)} and {len(known) - len(first)} more: see the handbook."


def _no_text(value: Any, place: Place, about: str) -> tuple[str, str]:
    """What is wrong with a value that is no text, and how it is written as one."""
    wrong = f"“{_shown(value)}” does not fit “{_spoken(place)}”, which takes a text."
    field = place[-1] if place else "name"
    if isinstance(value, (list, tuple)):
        wrong = f"A list does not fit “{_spoken(place)}”, which takes a text."
        text = ", ".join(map(str, value))
        if len(value) == 1:
            return wrong, f"Write {field}: {text}."
        if value and all(isinstance(each, str) and (slug_of(each) == each or each.startswith("/")) for each in value):
            return f"“{_spoken(place)}” takes one value, and here are {len(value)}.", f"Write {field}: {value[0]}."
        return wrong, f'Put it in quotation marks: {field}: "[{text}]".'
    if isinstance(value, dict) and isinstance(value.get("file"), str):
        return wrong, f"Write {field}: {value['file']}."
    if isinstance(value, dict):
        written = ", ".join(f"{name}: {each}" for name, each in value.items())
        return wrong, f'Put it in quotation marks: "{written}".' if len(value) == 1 else "Write a text."
    if "MM-DD" in about and isinstance(value, dt.date):
        return wrong, f'Write {field}: "{value:%m-%d}".'
    return wrong, f'Put it in quotation marks: {field}: "{value}".'


def _day_beside(data: Any, place: Place) -> dt.date:
    """The day on which what stands beside a field begins; any day where nothing says it."""
    beside = _item(data, place)
    begins = beside.get("starts") if isinstance(beside, dict) and place[-1] != "starts" else None
    if isinstance(begins, dt.date):
        return begins
    return day(str(begins)[:10]) or dt.date(2026, 12, 3)


def _about_a_day(
    value: str, name: str, *, with_time: bool, usual: str, ends: str, that_day: dt.date
) -> tuple[str, str]:
    """What is wrong with a day, and how it is written.

    ``ends``: the field beside it that takes a last day, if any; ``that_day``: of which a time alone is.
    """
    if (several := _SEVERAL_DAYS.match(value)) and (first := day(several["first"])) and (last := day(several["last"])):
        field = name.rpartition(" › ")[2]
        on_two = f"{field}: {first} and, on a line of its own, {ends}: {last}" if ends and field != ends else str(last)
        return f"“{_shown(value)}” in “{name}” is two days.", f"Write {on_two}."
    if with_time and (found := _MIDNIGHT.match(value)) and (on := day(found["day"])):
        midnight = f"{on + dt.timedelta(days=1)} 00:00, or {on} 23:59"
        return (
            f"“{_shown(value)}” in “{name}” is not a time of that day.",
            f"Midnight begins the next day: write {midnight}.",
        )
    if told := _near_a_day(value, name, with_time=with_time, year=that_day.year):
        return told
    if found := _LIKE_A_DATE.match(value):
        try:
            dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            return f"“{_shown(value)}” in “{name}” is not a day that exists.", usual
    wrong = f"“{_shown(value)}” in “{name}” cannot be read as a day{' and a time' if with_time else ''}."
    if not with_time and (without_year := day(f"{value} {that_day.year}")):
        return wrong, f"Write the year as well, such as {without_year}."
    if (
        with_time
        and not moment(value)
        and (at := moment(re.sub(r"^(\d+)[.](?=\d\d$)", r"\1:", value.strip()), that_day))
    ):
        if at.time() == dt.time() and name == "ends":
            at += dt.timedelta(days=1)
        return wrong, f"Write the day as well: {at:%Y-%m-%d %H:%M}."
    if found := _NUMBERS.match(value):
        # Which number is the month, only its author knows.
        one, other = int(found[1]), int(found[3])
        year = int(found[4]) if len(found[4]) == len("2026") else int(f"20{found[4]}")
        readings = dict.fromkeys(
            _written_day(f"{year}-{month}-{day}{found['time'] or ''}", with_time=with_time)
            for month, day in ((one, other), (other, one))
        )
    else:
        readings = {_written_day(value, with_time=with_time): None}
    written = [reading for reading in readings if reading]
    return wrong, f"Write {' or '.join(written)}." if written else usual


def _near_a_day(value: str, name: str, *, with_time: bool, year: int) -> tuple[str, str] | None:
    """A day that lacks something, or has words around it; ``None`` when it is none of these."""
    wrong = f"“{_shown(value)}” in “{name}” cannot be read as a day{' and a time' if with_time else ''}."
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return f"“{value}” in “{name}” is a year.", f"Write the month and the day as well, such as {value}-12-03."
    if first := day(f"1 {value}"):
        return f"“{value}” in “{name}” has no day.", f"Write the day as well, such as {first}."
    on = day(value) or (at.date() if (at := moment(value)) else None)
    said = weekday_named(value)
    if on and said is not None and said != on.weekday():
        nearest = on + dt.timedelta(days=(said - on.weekday() + 3) % 7 - 3)
        clock = f" {at:%H:%M}" if with_time and (at := moment(value)) else ""
        wrong = f"“{_shown(value)}” in “{name}” names a {WEEKDAYS[said].capitalize()}, and {on} is a {WEEKDAYS[on.weekday()].capitalize()}."
        return wrong, f"Write {on}{clock}, or {nearest}{clock} when the weekday is right."
    if with_time:
        at = moment(with_year(value, year))
        return (wrong, f"Write the year as well: {at:%Y-%m-%d %H:%M}.") if at and not moment(value) else None
    if not on and (within := day_within(value)) and not _SEVERAL_DAYS.match(value):
        return wrong, f"Write the day alone: {within}."
    return None


def _written_day(typed: str, *, with_time: bool) -> str:
    """A day as this file takes it; empty when it cannot be understood."""
    if with_time:
        at = moment(re.sub(r"(\d)[.](\d\d)$", r"\1:\2", typed))
        return f"{at:%Y-%m-%d %H:%M}" if at else ""
    on = day(typed)
    return on.isoformat() if on else ""


def _bounds(complaint: Any, schema: type[BaseModel], place: Place, about: str) -> str:
    """What a value has to be, where the kind of complaint alone does not say it."""
    kind, context = complaint["type"], complaint.get("ctx", {})
    inner = model_at(schema, place)
    if kind in {"model_type", "dict_type", "model_attributes_type"} and inner:
        return _group_meant(complaint["input"], inner, place)
    if kind == "tuple_type" and isinstance(complaint["input"], str) and not inner:
        return _list_meant(complaint["input"], schema, place)
    if kind == "tuple_type" and inner and isinstance(complaint["input"], dict):
        given: dict[str, Any] = complaint["input"]
        if {*given} <= {written_name(key, field) for key, field in inner.model_fields.items()}:
            items = ["{" + ", ".join(f"{name}: {quoted(each)}" for name, each in given.items()) + "}"]
        else:
            items = [as_pair(str(name), str(each), inner) for name, each in given.items()]
        return f"Write a list of groups of fields: {place[-1]}: [{', '.join(items)}]."
    if kind == "tuple_type" and inner:
        if state := _state_named(place, schema, complaint["input"]):
            return f"Write {state} when all of it is, or name the days: {place[-1]}: [{as_fields('', inner)}]."
        return f"Write a list of groups of fields: {place[-1]}: [{as_fields(str(complaint['input']), inner)}]."
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le"}
    if kind in bounds:
        return f"{context[bounds[kind]]} is the {'least' if kind == 'greater_than_equal' else 'most'}."
    return about


def _group_meant(given: Any, inner: type[BaseModel], place: Place) -> str:
    """How a group of fields is written, in the place of what was given."""
    names = [written_name(key, field) for key, field in inner.model_fields.items()]
    if isinstance(given, (list, tuple)) and given:
        if all(isinstance(each, dict) for each in given):
            fields = ", ".join(f"{key}: {quoted(value)}" for each in given for key, value in each.items())
            return f"Write its fields without hyphens: {place[-1]}: {{{fields}}}."
        if len(given) <= len(names):
            pairs = ", ".join(f"{name}: {quoted(value)}" for name, value in zip(names, given, strict=False))
            return f"Write {place[-1]}: {{{pairs}}}."
    written = as_fields(given, inner)
    if not isinstance(place[-1], int):
        written = f"{place[-1]}: {written}"
    if issubclass(inner, Picture) and re.match(r"https?://", str(given)):
        return f"Save the picture in content/images, and write {written}."
    return f"Write {written}. Its fields are {listed(names, 'and')}."


def _list_meant(given: str, schema: type[BaseModel], place: Place) -> str:
    """How a text is written as a list: of days, of some words, or of any."""
    if member_kind(schema, place) not in {"date", "date-time"}:
        return as_a_list(given, str(place[-1] if place else "name"), member_words(schema, place))
    parts = re.split(r"\s*(?:;|&|\band\b|\bet\b|(?<=\d{4}),)\s*", given)
    found = [on.isoformat() for each in parts if (on := day(each))]
    return f"Write a list of days in brackets: {place[-1]}: [{', '.join(found) or '2026-12-24'}]."


def _state_named(place: Place, schema: type[BaseModel], value: Any) -> str:
    """``state: cancelled``, where “yes” was written into a field whose name is a value of another one."""
    named = str(value).casefold() in {"yes", "true", "oui"} and _another_field(place, schema, str(place[-1]))
    return f"{named}: {place[-1]}" if named else ""


def _another_field(place: Place, schema: type[BaseModel], word: str) -> str:
    """The field beside one that takes a word as one of its values; empty when there is none."""
    owner = model_at(schema, place[:-1])
    fields = owner.model_fields.items() if owner else ()
    others = (written_name(key, field) for key, field in fields if word in literals(field))
    return next((name for name in others if name != place[-1]), "")


def _said_by_schema(complaint: Any, place: Place, path: str, lines: Mapping[Place, int]) -> Problem:
    """A complaint in the schema's own words."""
    error = complaint.get("ctx", {}).get("error")
    text = str(error or complaint["msg"])
    field = getattr(error, "field", None)
    if field is not None:
        # Several fields do not fit together; this is the one to change.
        place = (*place, field) if field else place
    name = _spoken(place)
    said = f"“{name}”: {text}." if name and field is None else f"{text[:1].upper()}{text[1:]}."
    if "24-hour clock" not in text and "closing time" not in text:
        return Problem(path, _line(place, lines), name, said)
    return Problem(path, _line(place, lines), name, said, opening_meant(complaint.get("input")))


def a_kind(schema: type[BaseModel]) -> str:
    """``a program``, ``an e-resource``, and ``equipment``, of which there is no single one."""
    kind = str(getattr(schema, "type_name", schema.__name__.lower()))
    return kind if kind == "equipment" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _spoken(place: Place) -> str:
    """``items › 2 › isbn``: list positions count from 1, as people count."""
    return " › ".join(str(step + 1) if isinstance(step, int) else step for step in place)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _choices(expected: str) -> list[str]:
    """Take the words out of pydantic's ``'a', 'b' or 'c'``."""
    return [word.strip().strip("'\"") for word in expected.replace("' or '", "', '").replace(" or ", ", ").split(", ")]
