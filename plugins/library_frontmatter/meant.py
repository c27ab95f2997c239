"""What somebody most likely meant, whose value does not fit: the same as the schema takes it, to be offered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from library_base.errors import did_you_mean, listed, slug_of
from library_frontmatter.schema_fields import inner_model, literals, takes, written_name
from library_frontmatter.spoken import choice, code_of, day, opening_times, recurrence
from library_frontmatter.yaml_lines import Place
from library_schemas.activity import Recurrence
from library_schemas.base import Picture
from library_schemas.library import Library

#: A span on the 24-hour clock, as the schema takes it.
_SPAN = re.compile(r"\d\d?:\d\d-\d\d?:\d\d")
#: Noon, and the latest hour at which a library that wrote it on the 12-hour clock can be thought to close.
_NOON, _LATEST = 12, 21
_CLOSED = re.compile(r"closed\b|ferm[ée]", re.IGNORECASE)
#: All branches, in words.
_ALL = re.compile(
    r"(?:all|every|both|any|each|toutes?|tous)(?: (?:branch(?:es)?|locations?|libraries|les succursales))?",
    re.IGNORECASE,
)
#: ``catalogue.example.org/search``.
_LIKE_AN_ADDRESS = re.compile(r"\S+(?:/|\.(?=\w))\S+")
#: Fields by other words for what they hold; the first one that a type has is meant.
_MEANING: Mapping[str, tuple[str, ...]] = {
    word: fields
    for words, fields in (
        (("price", "fee", "fees", "charge"), ("cost",)),
        (("where", "location", "venue", "library"), ("branch", "place")),
        (("when", "date", "day", "time", "start", "begins", "from"), ("starts", "date")),
        (("end", "ends", "until", "to", "finishes", "through"), ("ends", "expected_end", "until")),
        (("for", "for_whom", "age_group"), ("audience", "who")),
        (("name", "heading", "headline", "title", "label", "words"), ("title", "text", "name", "reason")),
        (("why", "occasion", "holiday", "cause"), ("reason",)),
        (("description", "teaser", "intro", "blurb"), ("summary",)),
        (("picture", "photo", "photograph", "img"), ("image",)),
        (("email", "e-mail", "mail"), ("contact_email", "email")),
        (("telephone", "tel", "phone"), ("contact_phone", "phone")),
        (("link", "website", "address", "href"), ("url",)),
        (("alt_text", "alternative", "alternative_text"), ("alt",)),
        (("src", "path", "filename", "source"), ("file",)),
        (("recurrence", "recurring", "repeat", "frequency"), ("repeats",)),
        (("sign_up", "signup", "register", "booking"), ("registration", "booking")),
        (("type", "category", "categories", "topic", "kind"), ("kind", "group", "subjects")),
        (("by", "writer", "written_by", "creator"), ("author",)),
        (("books", "list", "entries", "titles"), ("items",)),
        (("closed", "open", "times", "opening_hours"), ("hours",)),
        (("city", "municipality", "village"), ("town",)),
        (("lat",), ("latitude",)),
        (("lng", "lon", "long"), ("longitude",)),
    )
    for word in words
}


#: What is said of the library in another file than library.yml.
_IN_OTHER_FILES = {
    **dict.fromkeys(["law", "profile", "jurisdiction"], "The law is set in stepfree.toml, below [audit] and [site]."),
    **dict.fromkeys(
        ["hours", "opening_hours", "branches"], "Opening times are in the file of each branch, in content/branches/."
    ),
}


def field_meant(written: str, known: list[str]) -> str:
    """A question whether a field was meant that means the same, or is written nearly so."""
    name = written.casefold()
    if name in {"to", "new_date", "new_time", "time", "when"} and {"date", "starts"} <= {*known}:
        return "Did you mean “starts”?"  # of a day that is moved
    several = re.split(r"\s*(?:[-–/&,]|\bto\b|\band\b)\s*", name)
    begin_so = [[each for each in known if each.startswith(part[:3])] for part in several]
    if len(several) > 1 and all(len(part) > 2 for part in several) and all(begin_so):
        return f"Write a line for each of them, beginning with {begin_so[0][0]}: …"
    same = next((each for each in _MEANING.get(name, ()) if each in known), None)
    return f"Did you mean “{same}”?" if same and name not in known else did_you_mean(written, known)


def belongs_inside(place: Place, owner: type[BaseModel] | None, value: Any) -> str:
    """Into which group of fields an unknown field of that name belongs, when one has it; or in which file it stands."""
    if owner is Library and str(place[-1]).lower() in _IN_OTHER_FILES:
        return _IN_OTHER_FILES[str(place[-1]).lower()]
    for key, field in owner.model_fields.items() if owner else ():
        inner = inner_model(field.annotation)
        if inner and place[-1] in {written_name(name, each) for name, each in inner.model_fields.items()}:
            group = written_name(key, field)
            return f"It belongs inside “{group}”: {group}: {{…, {place[-1]}: {quoted(value)}}}."
    return ""


def is_pair(place: Place, item: Any) -> bool:
    """Whether an item of a list is one thing and what is said of it, without the names of its fields.

    ``- 2026-12-30: closed``, ``- PLA filament: 10 cents a gram``; a day may have named fields beside it.
    """
    within = len(place) > 1 and isinstance(place[-2], int) and not isinstance(place[-1], int)
    return within and ((isinstance(item, Mapping) and len(item) == 1) or day(str(place[-1])) is not None)


def as_pair(first: str, second: str, owner: type[BaseModel]) -> str:
    """How such an item is written: ``{date: 2026-12-30, hours: closed, reason: …}``."""
    fields = {written_name(key, field): field for key, field in owner.model_fields.items()}
    needed = [name for name, field in fields.items() if field.is_required()]
    key = next((name for name in needed if takes(fields[name], first)), "")
    said = next((name for name, field in fields.items() if name != key and takes(field, second)), "")
    values = {name: "…" for name in fields if name in needed or name == said}
    values |= {name: quoted(each) for name, each in ((key, first), (said, second)) if name}
    return "{" + ", ".join(f"{name}: {each}" for name, each in values.items()) + "}"


def as_fields(typed: Any, model: type[BaseModel]) -> str:
    """How a group of fields is written between braces: with what was typed in the fields that it fits, and what is needed.

    A field that takes any text fits only when no field fits that takes some texts and no others.
    """
    text = str(typed) if isinstance(typed, (str, dt.date)) else ""
    if issubclass(model, Recurrence) and (said := recurrence(text)):
        return "{" + ", ".join(f"{name}: {value}" for name, value in said.items()) + "}"
    fields = {written_name(key, field): field for key, field in model.model_fields.items()}
    needed = [name for name, field in fields.items() if field.is_required()]
    if issubclass(model, Picture):
        needed.append("alt")
        text = re.sub(r"^(?:https?://(?:.*/)?)?(?=[^/]+$)", "images/", text)
    values: dict[str, str] = {}
    if with_address := _words_and_address(text, fields):
        return with_address
    numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
    if all(field.annotation is float for field in fields.values()) and len(numbers) == len(fields):
        values = dict(zip(fields, numbers, strict=True))
    any_text = []
    if "host" in needed and re.match(r"https?://", text):
        values["host"], text = text, ""
    for name, field in fields.items():
        choices = literals(field)
        if takes(field, "any text") and not name.endswith("url"):
            any_text.append(name)
        elif not name.endswith("url") or _LIKE_AN_ADDRESS.fullmatch(text) or "://" in text:
            fitting = (each for each in _pieces(text, choices) if takes(field, each))
            if (found := next(fitting, "")) and found not in values.values():
                values[name] = found
    if not values and text and not any(_holds_days(fields[name]) for name in needed):
        best = [
            *(name for name in any_text if name in needed),
            *(name for name in any_text if takes(fields[name], text)),
        ]
        values = dict.fromkeys(best[:1], text)
    if values and set(values) - set(needed):
        # Somebody who says where people sign up says that they have to.
        values |= {name: "required" for name in needed if "required" in literals(fields[name]) and name not in values}
    names = list(dict.fromkeys([*needed, *values])) or [next(iter(fields))]
    return "{" + ", ".join(f"{name}: {quoted(values.get(name, '…'))}" for name in names) + "}"


def _words_and_address(text: str, fields: Mapping[str, Any]) -> str:
    """A link or a picture in Markdown, or words before an address, as the fields that say the same; else empty."""
    if marked := re.fullmatch(r"\s*!?\[(?P<words>[^\]]*)\]\(\s*<?(?P<address>[^)\s>]+)[^)]*\)\s*", text):
        address = re.sub(r"^(?:\{static\}|(?:\.\./)*)/?(?=images/)", "", marked["address"])
        return as_pair_of(fields, {"text": marked["words"], "alt": marked["words"], "url": address, "file": address})
    words = re.fullmatch(r"(?P<words>[^:]\S.*?)\s*(?::|→|->|–|—|-)?\s+(?P<address>https?://\S+)", text)
    if words and {"text", "url"} <= {*fields}:
        return as_pair_of(fields, {"text": words["words"], "url": words["address"]})
    return ""


def as_pair_of(fields: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """A group of fields with those of ``said`` that it has."""
    return "{" + ", ".join(f"{name}: {quoted(said[name])}" for name in fields if said.get(name)) + "}"


def _pieces(text: str, words: tuple[str, ...]) -> list[str]:
    """What of a text may be the value of a field: all of it, an address, a telephone number, a day, one of some words."""
    if not text:
        return []
    if words:
        return [found for part in (text, *re.findall(r"[\w-]+", text)) if (found := choice(part, words))]
    parts = [each[0] for each in re.finditer(r"https?://[^\s,;]+|\+?\(?\d[\d\s().-]{6,}\d", text)]
    on = day(text)
    return [text, *parts, *([on.isoformat()] if on else [])]


def quoted(value: Any) -> str:
    """A value as it is written between braces."""
    return f'"{value}"' if re.search(r"[:,#{}\[\]]", str(value)) else str(value)


def as_a_list(typed: str, name: str, words: tuple[str, ...]) -> str:
    """How a text is written as a list. ``words``: the values that its members can have; empty: any."""
    typed = re.sub(r"^\s*[(\[]\s*(.*?)\s*[)\]]\s*$", r"\1", typed)
    if _ALL.fullmatch(typed) and not words and "branches" in name:
        return "Leave this line out: without it all branches are meant."
    if re.match(r"-\S", typed):
        return f"Put a space after the hyphen of each item: - {typed[1:].partition(' -')[0].strip()}."
    whole = choice(typed, words)
    parts = [whole] if whole else re.split(r"\s*(?:,|;|&|/|\band\b|\bet\b)\s*" if words else r"\s*[,;]\s*", typed)
    items = [choice(part, words) or part for part in parts if part]
    of_them = "" if not words or {*items} <= {*words} else f" Its words are {listed(words, 'and')}."
    return f"Write a list in brackets: {name}: [{', '.join(items)}].{of_them}"


def opening_meant(typed: Any) -> str:
    """What was most likely meant by the opening times of a day."""
    if isinstance(typed, Mapping):
        typed = f"{typed.get('opens', '')}-{typed.get('closes', '')}"
    times = opening_times(str(typed))
    if _CLOSED.match(times) or times.casefold() in {"no", "none", "n/a", "-", "–", "false"}:
        return "Write closed."
    if "appoint" in times.casefold():
        return "Leave the day out, and write in the text that people can make an appointment."
    spans = re.split(r"\s*(?:,|;|&|\band\b|\bet\b)\s*", times)
    if not all(_SPAN.fullmatch(span) for span in spans):
        # Words around one span: “open 10-5”, “12:00-16:00 (September to May)”.
        spans = [
            f"{found[1]}-{found[2]}"
            for found in re.finditer(r"(?<![\d:-])(\d\d?(?::\d\d)?)-(\d\d?(?::\d\d)?)(?![\d:-])", times)
        ]
        if len(spans) != 1:
            return ""
    written = [_on_the_clock(span) for span in spans]
    if not all(written):
        return ""
    return f'Write "{written[0]}".' if len(written) == 1 else f'Write ["{'", "'.join(written)}"].'


def _on_the_clock(span: str) -> str:
    """A span with hours of two digits; what would close before it opens closes in the evening: 10-5 is 10:00-17:00.

    Empty when it would not: 15-10 has the two times in the wrong order.
    """
    (opens, opens_minute), (closes, closes_minute) = (
        (int(hour), minute or "00") for hour, _, minute in (part.partition(":") for part in span.split("-"))
    )
    if closes <= opens:
        closes += _NOON
        if closes > _LATEST:
            return ""
    return f"{opens:02}:{opens_minute}-{closes:02}:{closes_minute}"


def _holds_days(field: Any) -> bool:
    return takes(field, "2026-12-03 10:30") and not takes(field, "any text")


def degrees(written: str) -> str:
    """Degrees and minutes as a decimal number: ``78° 30' W`` is -78.5; empty when they are none."""
    found = re.fullmatch(
        r"\s*(\d+)\s*°\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*)?(?:(\d+(?:\.\d+)?)\s*[\"″”]\s*)?([NSEWO])?\s*", written
    )
    if not found:
        return ""
    number = int(found[1]) + float(found[2] or 0) / 60 + float(found[3] or 0) / 3600
    return f"{round(-number if found[4] in {'S', 'W', 'O'} else number, 5):g}"


def hex_colour(typed: str) -> str:
    """A colour as # and six digits: ``navy``, ``rgb(7, 56, 74)`` and ``07384a`` are understood; empty when it is none."""
    from PIL import ImageColor

    said = re.sub(r"\s", "", typed).lower().replace("grey", "gray")
    try:
        red, green, blue = ImageColor.getrgb(f"#{said}" if re.fullmatch("[0-9a-f]{6}", said) else said)[:3]
    except ValueError:
        return ""
    return f"#{red:02x}{green:02x}{blue:02x}"


def _code_meant(field: str, value: str) -> str:
    """The code of a country or a language that was written as a name, or with more than it takes."""
    codes = {"country": "territories", "lang": "languages", "language": "languages", "languages": "languages"}
    if field not in codes:
        return ""
    if found := re.fullmatch(r"([a-z]{2,3})[-_]\w+", value.strip(), re.IGNORECASE):
        return f"Write {found[1].lower()}: how a country says it is known from the country."
    code = code_of(value, codes[field])
    return f"Write {code}." if code else ""


def repaired(place: Place, value: str, pattern: str, about: str) -> str:
    """What was most likely meant, for a value that does not follow its pattern."""
    if "[0-9a-fA-F]{6}" in pattern and (colour := hex_colour(value)):
        return f'Write "{colour}".'
    last = next((step for step in reversed(place) if isinstance(step, str)), "")
    if "https?" in pattern:
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", value):
            return f"Write https:// before it: https://{value}."
        return "Write a whole web address, such as https://www.example.org/."
    if last == "isbn" and re.fullmatch(r"(?:\d{9}|\d{12})[\dX]", digits := re.sub(r"[^\dX]", "", value.upper())):
        return f'Write "{digits}".'
    if "MM-DD" in about:
        on = day(f"{value} 2024") or day(re.sub(r"^(\d\d?)[-/](\d\d?)$", r"2024-\2-\1", value)) or day(value)
        return f'Write "{on:%m-%d}".' if on else about
    if last.endswith("email"):
        inside = re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.sub(r"\s+(?:at|\(at\)|\[at\])\s+", "@", value))
        if len(inside) > 1:
            return f"Write one address here, such as {inside[0]}."
        return f"Write {inside[0]}." if len(inside) == 1 else "Write an address such as name@example.org."
    if last.endswith("phone"):
        if len(re.findall(r"\d{3}\W{1,2}\d{4}", value)) > 1:
            return "Write one number here, and the others in the text."
        return "Write a number such as 705-555-0142, or 705-555-0142 ext. 12."
    if code := _code_meant(last, value):
        return code
    if last in {"slug", "go"} and (name := slug_of(value)):
        return f"Did you mean “{name}”?"
    return about
