"""Turns what a schema says about a value into a sentence for the person who wrote it."""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from library_base.errors import Problem, did_you_mean, listed, slug_of
from library_frontmatter.spoken import choice, code_of, day, moment, opening_times, recurrence
from library_frontmatter.yaml_lines import Place
from library_schemas.activity import Recurrence
from library_schemas.base import Picture

_LIKE_A_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?P<time>\D.*)?$")
_SEVERAL_DAYS = re.compile(r"^(?P<first>.+?)\s*(?:\bto\b|\buntil\b|–|\s-\s)\s*(?P<last>.+)$")
_MIDNIGHT = re.compile(r"^(?P<day>.+?)[ T]+24[:.h]00$")
#: A span on the 24-hour clock, as the schema takes it.
_SPAN = re.compile(r"\d\d?:\d\d-\d\d?:\d\d")
_CLOSED = re.compile(r"closed\b|ferm[ée]", re.IGNORECASE)
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


#: Fields by other words for what they hold; the first one that a type has is meant.
_MEANING: Mapping[str, tuple[str, ...]] = {
    word: fields
    for words, fields in (
        (("price", "fee", "fees", "charge"), ("cost",)),
        (("where", "location", "venue", "library"), ("branch", "place")),
        (("when", "date", "day", "time", "start", "begins", "from"), ("starts", "date")),
        (("end", "until", "to", "finishes"), ("ends", "expected_end")),
        (("for", "for_whom", "age_group"), ("audience", "who")),
        (("name", "heading", "headline"), ("title",)),
        (("description", "teaser", "intro", "blurb"), ("summary",)),
        (("picture", "photo", "photograph", "img"), ("image",)),
        (("email", "e-mail", "mail"), ("contact_email", "email")),
        (("telephone", "tel", "phone"), ("contact_phone", "phone")),
        (("link", "website", "address", "href"), ("url",)),
        (("alt_text", "alternative", "alternative_text"), ("alt",)),
        (("src", "path", "filename", "source"), ("file",)),
        (("recurrence", "recurring", "repeat", "frequency"), ("repeats",)),
        (("sign_up", "signup", "register", "booking"), ("registration", "booking")),
        (("type", "category", "categories", "topic"), ("kind", "group", "subjects")),
    )
    for word in words
}
_DAYS = frozenset(["date_from_datetime_parsing", "datetime_from_date_parsing", "datetime_parsing"])
#: ``catalogue.example.org/search``.
_LIKE_AN_ADDRESS = re.compile(r"\S+(?:/|\.(?=\w))\S+")
#: Said of a field that stands beside the one to which it belongs.
_INDENT = "Indent it by two spaces, below "


def problems_of(
    error: ValidationError, schema: type[BaseModel], data: Any, path: str, lines: Mapping[Place, int]
) -> list[Problem]:
    """Return one problem for each complaint of ``error``."""
    kept: dict[Place, Problem] = {}
    for complaint in error.errors(include_url=False):
        place = _place(tuple(complaint["loc"]), data, complaint["type"])
        # A union complains once for each of its members; the last one is the plainest.
        key = place if complaint["type"] != "value_error" else (*place, len(kept))
        if complaint["type"] == "too_short" and complaint["input"]:
            continue  # its members are wrong, and say so themselves
        kept[key] = _beside(complaint, place, schema, data, path, lines) or _problem(
            complaint, place, schema, path, lines, data
        )
    misspelt = {problem.hint for problem in kept.values()}
    return [
        problem
        for place, problem in kept.items()
        if not (
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
        inner = _model(schema, (name,)) if value is None else None
        if inner and place[0] in [_written(key, field) for key, field in inner.model_fields.items()]:
            message = f"“{place[0]}” belongs to “{name}”, and stands beside it."
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
    info = _field(schema, place)
    about = f"{info.description}." if info and info.description else ""
    value = complaint.get("input")
    if kind == "extra_forbidden":
        owner = _model(schema, place[:-1])
        known = [_written(key, field) for key, field in owner.model_fields.items()] if owner else []
        where = f" in “{_spoken(place[:-1])}”" if len(place) > 1 else f" in a {_kind_of(schema)}"
        return Problem(
            path,
            line,
            name,
            f"There is no field “{place[-1]}”{where}.",
            _field_meant(str(place[-1]), known) or _inside(place, owner, value) or f"The fields are {listed(known)}.",
        )
    if kind == "missing":
        where = f" in “{_spoken(place[:-1])}”" if len(place) > 1 else ""
        return Problem(path, line, name, f"The field “{place[-1]}” is missing{where}.", about)
    if kind == "literal_error":
        choices = _choices(context.get("expected", ""))
        hint = did_you_mean(str(value), choices)
        if not hint and (meant := choice(str(value), tuple(choices))):
            hint = f"Did you mean “{meant}”?"
        return Problem(
            path,
            line,
            name,
            f"“{_shown(value)}” is not a value of “{name}”.",
            f"{hint} Write {listed(choices)}.".strip(),
        )
    if kind in {"value_error", "assertion_error"}:
        return _said_by_schema(complaint, place, path, lines)
    if value is None:
        return Problem(path, line, name, f"The field “{name}” has no value.", about)
    if kind == "string_too_long":
        limit = int(context["max_length"])
        return Problem(
            path,
            line,
            name,
            f"“{name}” has {len(str(value))} characters; {limit} is the most.",
            f"Take out {len(str(value)) - limit} or more.",
        )
    if kind in {"string_too_short", "too_short"}:
        return Problem(path, line, name, f"The field “{name}” is empty.", about)
    if kind == "string_pattern_mismatch":
        hint = _repair(place, str(value), str(context.get("pattern", "")), about)
        return Problem(path, line, name, f"“{_shown(value)}” does not look right in “{name}”.", hint)
    hint = _EXAMPLES.get(kind, "")
    if kind in _DAYS:
        return Problem(
            path,
            line,
            name,
            *_about_a_day(
                str(value),
                name,
                with_time="datetime" in kind.partition("_")[0],
                usual=hint,
                ends="until" if _field(schema, (*place[:-1], "until")) else "",
                that_day=_day_beside(data, place),
            ),
        )
    if kind == "string_type":
        return Problem(path, line, name, *_no_text(value, place))
    return Problem(
        path, line, name, f"“{_shown(value)}” does not fit “{name}”.", hint or _bounds(complaint, schema, place, about)
    )


def _field_meant(written: str, known: list[str]) -> str:
    """A question whether a field was meant that means the same, or is written nearly so."""
    name = written.casefold()
    several = re.split(r"\s*(?:[-–/&,]|\bto\b|\band\b)\s*", name)
    begin_so = [[each for each in known if each.startswith(part[:3])] for part in several]
    if len(several) > 1 and all(len(part) > 2 for part in several) and all(begin_so):
        return f"Write a line for each of them, beginning with {begin_so[0][0]}: …"
    same = next((each for each in _MEANING.get(name, ()) if each in known), None)
    return f"Did you mean “{same}”?" if same and name not in known else did_you_mean(written, known)


def _no_text(value: Any, place: Place) -> tuple[str, str]:
    """What is wrong with a value that is no text, and how it is written as one."""
    wrong = f"“{_shown(value)}” does not fit “{_spoken(place)}”, which takes a text."
    field = place[-1] if place else "name"
    if isinstance(value, (list, tuple)):
        wrong = f"A list does not fit “{_spoken(place)}”, which takes a text."
        text = ", ".join(map(str, value))
        if len(value) == 1:
            return wrong, f"Write {field}: {text}."
        if value and all(isinstance(each, str) and slug_of(each) == each for each in value):
            return f"“{_spoken(place)}” takes one value, and here are {len(value)}.", f"Write {field}: {value[0]}."
        return wrong, f'Put it in quotation marks: {field}: "[{text}]".'
    return wrong, "Write a text." if isinstance(value, dict) else f'Put it in quotation marks: {field}: "{value}".'


def _inside(place: Place, owner: type[BaseModel] | None, value: Any) -> str:
    """Into which group of fields an unknown field of that name belongs, when one has it."""
    for key, field in owner.model_fields.items() if owner else ():
        inner = _inner_model(field.annotation)
        if inner and place[-1] in {_written(name, each) for name, each in inner.model_fields.items()}:
            group = _written(key, field)
            return f"It belongs inside “{group}”: {group}: {{…, {place[-1]}: {_quoted(value)}}}."
    return ""


def _day_beside(data: Any, place: Place) -> dt.date:
    """The day on which what stands beside a field begins; any day where nothing says it."""
    for step in place[:-1]:
        data = data[step]
    begins = data.get("starts") if isinstance(data, dict) and place[-1] != "starts" else None
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
            f"“{_shown(value)}” in “{name}” is no time of that day.",
            f"Midnight begins the next day: write {midnight}.",
        )
    if found := _LIKE_A_DATE.match(value):
        try:
            dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            return f"“{_shown(value)}” in “{name}” is not a day that exists.", usual
    wrong = f"“{_shown(value)}” in “{name}” cannot be read as a day{' and a time' if with_time else ''}."
    if (
        with_time
        and not moment(value)
        and (at := moment(re.sub(r"^(\d+)[.](?=\d\d$)", r"\1:", value.strip()), that_day))
    ):
        return wrong, f"Write the day as well: {at:%Y-%m-%d %H:%M}."
    if found := _NUMBERS.match(value):
        # Which number is the month, only its author knows.
        one, other, year = (int(part) for part in found.groups()[:3])
        readings = dict.fromkeys(
            _written_day(f"{year}-{month}-{day}{found['time'] or ''}", with_time=with_time)
            for month, day in ((one, other), (other, one))
        )
    else:
        readings = {_written_day(value, with_time=with_time): None}
    written = [reading for reading in readings if reading]
    return wrong, f"Write {' or '.join(written)}." if written else usual


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
    inner = _model(schema, place)
    if kind in {"model_type", "dict_type", "model_attributes_type"} and inner:
        fields = listed([_written(key, field) for key, field in inner.model_fields.items()], "and")
        written = _as_fields(complaint["input"], inner)
        if not isinstance(place[-1], int):
            written = f"{place[-1]}: {written}"
        if issubclass(inner, Picture) and re.match(r"https?://", str(complaint["input"])):
            return f"Save the picture in content/images, and write {written}."
        return f"Write {written}. Its fields are {fields}."
    if kind == "tuple_type" and inner and not isinstance(complaint["input"], dict):
        if state := _state_named(place, schema, complaint["input"]):
            return f"Write {state} when all of it is, or name the days: {place[-1]}: [{_as_fields('', inner)}]."
        return f"Write a list of groups of fields: {place[-1]}: [{_as_fields(str(complaint['input']), inner)}]."
    if kind == "tuple_type" and isinstance(complaint["input"], str):
        return _as_a_list(complaint["input"], str(place[-1] if place else "name"), _words(schema, place))
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le"}
    if kind in bounds:
        return f"{context[bounds[kind]]} is the {'least' if kind == 'greater_than_equal' else 'most'}."
    return about


def _state_named(place: Place, schema: type[BaseModel], value: Any) -> str:
    """``state: cancelled``, where “yes” was written into a field whose name is a value of another one."""
    owner = _model(schema, place[:-1])
    if str(value).casefold() not in {"yes", "true", "oui"} or owner is None:
        return ""
    named = ((_written(key, field), _literals(field)) for key, field in owner.model_fields.items())
    return next((f"{name}: {place[-1]}" for name, words in named if place[-1] in words), "")


def _as_fields(typed: Any, model: type[BaseModel]) -> str:
    """How a group of fields is written between braces: with what was typed in the fields that it fits, and what is needed.

    A field that takes any text fits only when no field fits that takes some texts and no others.
    """
    text = str(typed) if isinstance(typed, (str, dt.date)) else ""
    if issubclass(model, Recurrence) and (said := recurrence(text)):
        return "{" + ", ".join(f"{name}: {value}" for name, value in said.items()) + "}"
    fields = {_written(key, field): field for key, field in model.model_fields.items()}
    needed = [name for name, field in fields.items() if field.is_required()]
    if issubclass(model, Picture):
        needed.append("alt")
        text = re.sub(r"^(?:https?://(?:.*/)?)?(?=[^/]+$)", "images/", text)
    values: dict[str, str] = {}
    any_text = []
    for name, field in fields.items():
        words = _literals(field)
        if _takes(field, "any text") and not name.endswith("url"):
            any_text.append(name)
        elif not name.endswith("url") or _LIKE_AN_ADDRESS.fullmatch(text) or "://" in text:
            fitting = (each for each in _pieces(text, words) if _takes(field, each))
            if (found := next(fitting, "")) and found not in values.values():
                values[name] = found
    if not values and text:
        best = [
            *(name for name in any_text if name in needed),
            *(name for name in any_text if _takes(fields[name], text)),
        ]
        values = dict.fromkeys(best[:1], text)
    if values and set(values) - set(needed):
        # Somebody who says where people sign up says that they have to.
        values |= {name: "required" for name in needed if "required" in _literals(fields[name]) and name not in values}
    names = list(dict.fromkeys([*needed, *values])) or [next(iter(fields))]
    return "{" + ", ".join(f"{name}: {_quoted(values.get(name, '…'))}" for name in names) + "}"


def _pieces(text: str, words: tuple[str, ...]) -> list[str]:
    """What of a text may be the value of a field: all of it, an address, a telephone number, a day, one of some words."""
    if not text:
        return []
    if words:
        return [found for part in (text, *re.findall(r"[\w-]+", text)) if (found := choice(part, words))]
    parts = [each[0] for each in re.finditer(r"https?://[^\s,;]+|\+?\(?\d[\d\s().-]{6,}\d", text)]
    on = day(text)
    return [text, *parts, *([on.isoformat()] if on else [])]


def _literals(field: FieldInfo) -> tuple[str, ...]:
    """The words of which a field takes one, if it does."""
    told = TypeAdapter[Any](field.annotation).json_schema() if field.annotation is not None else {}
    return tuple(each for each in told.get("enum", ()) if isinstance(each, str))


def _quoted(value: Any) -> str:
    """A value as it is written between braces."""
    return f'"{value}"' if re.search(r"[:,#{}\[\]]", str(value)) else str(value)


def _takes(field: FieldInfo, value: str) -> bool:
    try:
        annotated: Any = typing.Annotated[field.annotation, field]
        TypeAdapter(annotated).validate_python(value)
    except ValidationError:
        return False
    return True


def _as_a_list(typed: str, name: str, words: tuple[str, ...]) -> str:
    """How a text is written as a list. ``words``: the values that its members can have; empty: any."""
    if re.match(r"-\S", typed):
        return f"Put a blank behind the hyphen of each item: - {typed[1:].partition(' -')[0].strip()}."
    whole = choice(typed, words)
    parts = [whole] if whole else re.split(r"\s*(?:,|;|&|/|\band\b|\bet\b)\s*" if words else r"\s*[,;]\s*", typed)
    items = [choice(part, words) or part for part in parts if part]
    return f"Write a list in brackets: {name}: [{', '.join(items)}]."


def _words(schema: type[BaseModel], place: Place) -> tuple[str, ...]:
    """The values that the members of a list can have, when its schema names them."""
    info = _field(schema, place)
    if info is None or info.annotation is None:
        return ()
    members = TypeAdapter[Any](info.annotation).json_schema().get("items", {})
    return tuple(str(each) for each in members.get("enum", ()))


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
    typed = complaint.get("input")
    times = opening_times(typed) if isinstance(typed, str) else ""
    if "24-hour clock" not in text:
        return Problem(path, _line(place, lines), name, said)
    # A day that is said to be closed in other words.
    spans = re.split(r"\s*(?:,|;|&|\band\b|\bet\b)\s*", times)
    hint = "Write closed." if _CLOSED.match(times) else ""
    if all(_SPAN.fullmatch(span) for span in spans):
        hint = f'Write "{times}".' if len(spans) == 1 else f'Write ["{'", "'.join(spans)}"].'
    return Problem(path, _line(place, lines), name, said, hint)


def _repair(place: Place, value: str, pattern: str, about: str) -> str:
    """What was most likely meant, for a value that does not follow its pattern."""
    last = next((step for step in reversed(place) if isinstance(step, str)), "")
    if "https?" in pattern:
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", value):
            return f"Write https:// before it: https://{value}."
        return "Write a whole web address, such as https://www.example.org/."
    if last == "isbn" and re.fullmatch(r"(?:\d{9}|\d{12})[\dX]", digits := re.sub(r"[^\dX]", "", value.upper())):
        return f'Write "{digits}".'
    if last.endswith("email"):
        return "Write an address such as name@example.org."
    if last.endswith("phone"):
        return "Write a number such as 705-555-0142, or 705-555-0142 ext. 12."
    codes = {"country": "territories", "lang": "languages", "language": "languages", "languages": "languages"}
    if last in codes and (code := code_of(value, codes[last])):
        return f"Write {code}."
    if last in {"slug", "go"} and (name := slug_of(value)):
        return f"Did you mean “{name}”?"
    return about


def _kind_of(schema: type[BaseModel]) -> str:
    return str(getattr(schema, "type_name", schema.__name__.lower()))


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


def _written(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _model(schema: type[BaseModel], place: Place) -> type[BaseModel] | None:
    model: type[BaseModel] | None = schema
    for step in place:
        if isinstance(step, int):
            continue
        if model is None:
            return None
        field = next((f for name, f in model.model_fields.items() if _written(name, f) == step), None)
        model = _inner_model(field.annotation) if field else None
    return model


def _field(schema: type[BaseModel], place: Place) -> FieldInfo | None:
    names = [step for step in place if isinstance(step, str)]
    if not names:
        return None
    owner = _model(schema, tuple(names[:-1]))
    if owner is None:
        return None
    return next((f for name, f in owner.model_fields.items() if _written(name, f) == names[-1]), None)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside ``Maybe[Model]``, ``tuple[Model, ...]`` and the like."""
    if typing.get_origin(annotation) is None and isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    if isinstance(annotation, typing.TypeAliasType):
        return _inner_model(annotation.__value__)
    for inner in typing.get_args(annotation):
        if found := _inner_model(inner):
            return found
    return None
