"""Rows of a spreadsheet (CSV, XLSX) or of a LibGuides list (CSV, XML) as staff, e-resources, equipment or programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import html

from audit.errors import UsageError
from library_base.errors import slug_of
from library_places import telephone_problem
from library_schemas.activity import KINDS
from library_schemas.library import Lists
from library_schemas.parts import AUDIENCES
from library_schemas.resource import EQUIPMENT_GROUPS, RESOURCE_KINDS
from stepfree.imports.arrivals import Arrival, Delivery, sentence_of, short
from stepfree.imports.moments import moment_of
from stepfree.imports.rows import Row
from stepfree.manuscript import words_of

#: What a row can become: the word on the command line → the folder.
TYPES: Mapping[str, str] = {
    "staff": "staff",
    "e-resource": "e-resources",
    "equipment": "equipment",
    "program": "programs",
}
#: Field → what columns are called that hold it, in small letters and without signs.
_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "staff": {
        "title": ("title", "role", "job title", "position", "poste", "titre"),
        "department": ("department", "team", "unit", "service", "departement"),
        "email": ("email", "e mail", "email address", "courriel"),
        "phone": ("phone", "telephone", "phone number", "tel", "extension phone"),
        "helps_with": ("helps with", "subjects", "expertise", "responsibilities", "ask about"),
        "branch": ("branch", "location", "library", "succursale"),
        "order": ("order", "sort"),
    },
    "e-resource": {
        "title": ("name", "title", "database", "resource", "database name", "asset name", "nom", "titre"),
        "url": ("url", "link", "address", "web address", "lien"),
        "summary": ("description", "summary", "short description", "desc"),
        "vendor": ("vendor", "provider", "publisher", "vendor name", "fournisseur"),
        "subjects": ("subjects", "subject", "topics", "categories", "sujets"),
        "kinds": ("types", "type", "kinds", "format", "formats", "database types"),
        "also_known_as": ("alt names", "alt names keywords", "alternate names", "alternative names", "other names", "keywords", "also known as"),
        "access": ("access", "access type"),
        "body": ("more info", "more information", "notes for patrons", "details"),
    },
    "equipment": {
        "title": ("name", "title", "item", "thing", "equipment"),
        "summary": ("description", "summary", "what it is for"),
        "group": ("group", "category", "shelf", "type"),
        "loan": ("loan", "loan period", "lending period"),
        "who": ("who", "who can borrow", "audience"),
        "includes": ("includes", "contents", "in the box"),
        "replacement": ("replacement", "replacement cost", "replacement price"),
        "overdue": ("overdue", "late fee", "overdue fee"),
        "branches": ("branches", "branch", "location"),
        "minimum_age": ("minimum age", "age", "min age"),
    },
    "program": {
        "title": ("title", "name", "program", "event", "program name"),
        "summary": ("summary", "description", "details"),
        "day": ("date", "day", "start date", "event date"),
        "last_day": ("end date",),
        "starts": ("starts", "start", "start time", "begins", "date and time", "time", "from"),
        "ends": ("ends", "end", "end time", "until", "to"),
        "branch": ("branch", "location", "library"),
        "place": ("place", "venue"),
        "room": ("room",),
        "audience": ("audience", "for whom", "age group"),
        "ages": ("ages", "age"),
        "kind": ("kind", "category", "type"),
        "cost": ("cost", "price", "fee"),
        "capacity": ("capacity", "maximum", "max"),
        "registration": ("registration", "sign up", "register"),
    },
}  # fmt: skip
_LISTS = frozenset(["helps_with", "subjects", "kinds", "also_known_as", "includes", "branches", "audience"])
#: What a kind of online resource is called elsewhere.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "ebooks": ("ebook", "e book", "books"),
    "audiobooks": ("audiobook", "audio"),
    "magazines": ("magazine", "journal", "periodical"),
    "newspapers": ("news",),
    "video": ("video", "film", "movie", "stream"),
    "music": ("music",),
    "courses": ("course", "learning", "tutorial"),
    "reference": ("reference", "encyclop", "dictionar"),
    "kids": ("kid", "child"),
    "archive": ("archive", "primary source", "image", "photograph"),
}
#: Columns that nobody misses.
_OWN = frozenset(
    [
        "id", "slug", "created", "updated", "hidden", "new", "trial", "popular", "owner", "content id", "desc pos",
        "enable hidden", "enable new", "enable popular", "enable trial", "resource icons", "target",
    ]
)  # fmt: skip


def arrivals(
    rows: Sequence[Row], kind: str, path: Path, delivery: Delivery, lists: Lists, country: str
) -> Iterator[Arrival]:
    """Each row as an item of the type ``kind`` (a key of :data:`TYPES`)."""
    columns = _columns(rows, kind)
    unknown = sorted({name for row in rows for name in row.cells} - set(columns.values()))
    for name in unknown:
        if _plain(name) not in _OWN:
            delivery.leave(f"{path.name}, column {name}", "There is no field for it.")
    if "title" not in columns:
        known = ", ".join(_COLUMNS[kind]["title"])
        raise UsageError(f"{path}: no column holds the title.", f"Name one of the columns: {known}.")
    unit = "line" if path.suffix.lower() == ".xml" else "row"
    seen: dict[str, int] = {}
    for row in rows:
        where = f"{path.name}, {unit} {row.number}"
        said = {field: row.cells[name] for field, name in columns.items() if row.cells.get(name)}
        if kind == "e-resource" and _hidden(row):
            delivery.leave(where, "It is hidden there.")
            continue
        if "title" not in said:
            delivery.leave(where, f"The cell “{columns['title']}” is empty.")
            continue
        title = _plain_text(said["title"])
        name = f"{slug_of(title)}-{slug_of(said['email'])}" if kind == "staff" and "email" in said else slug_of(title)
        if name in seen:
            delivery.leave(where, f"“{title}” is already in {unit} {seen[name]}.")
            continue
        seen[name] = row.number
        cells = {field: f"{where}, column {column}" for field, column in columns.items()}
        fields, body, guesses = _fields(kind, said, lists, country, delivery)
        yield Arrival(
            f"{kind}:{name}", where, TYPES[kind], {**fields, "title": title}, body, short(title), guesses, (), cells
        )


def _hidden(row: Row) -> bool:
    """Whether a list says that nobody is to see an entry."""
    said = (cell for name, cell in row.cells.items() if _plain(name) in {"hidden", "enable hidden"})
    return any(_plain(cell) in {"1", "yes", "true", "y"} for cell in said)


def _columns(rows: Sequence[Row], kind: str) -> dict[str, str]:
    """Field → the column that holds it; a column is used once."""
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    found: dict[str, str] = {}
    for field, words in _COLUMNS[kind].items():
        match = next(
            (name for word in words for name in names if _plain(name) == word and name not in found.values()), None
        )
        if match is not None:
            found[field] = match
    return found


def _plain(name: str) -> str:
    return slug_of(name).replace("-", " ")


def _plain_text(text: str) -> str:
    """Words without the HTML that lists hold."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    return " ".join(words_of(html.fragment_fromstring(text, create_parent="div")).split())


def _fields(
    kind: str, said: Mapping[str, str], lists: Lists, country: str, delivery: Delivery
) -> tuple[dict[str, object], str, dict[str, str]]:
    fields: dict[str, object] = {}
    guesses: dict[str, str] = {}
    for name, value in said.items():
        if name == "body":
            continue
        fields[name] = _several(value) if name in _LISTS else _plain_text(value)
    body = _plain_text(said.get("body", ""))
    summary = _plain_text(said.get("summary", ""))
    if kind != "staff":
        fields["summary"] = sentence_of(summary) or str(fields["title"])
        if not summary:
            guesses["summary"] = "There is no description: write in a sentence what it is for."
        elif len(summary) > len(str(fields["summary"])):
            body = f"{summary}\n\n{body}".strip()
    for name in ("branch", "branches"):
        if name in fields:
            fields[name] = _branch_of(fields[name], delivery)
    if kind == "program" and not (delivery.content / "branches" / f"{fields.get('branch', '')}.md").is_file():
        # A place that is none of the branches is somewhere else.
        elsewhere = _plain_text(said.get("branch", ""))
        fields.pop("branch", None)
        fields.setdefault("place", elsewhere)
    _TIDY[kind](fields, guesses, lists, country)
    phone = str(fields.get("phone", ""))
    if phone and telephone_problem(phone, country) and re.fullmatch(r"\d{2,5}", phone):
        guesses["title"] = f"“{phone}” is an extension: write the whole number under phone."
        fields.pop("phone")
    return fields, body, guesses


def _several(value: str) -> list[str]:
    sign = next((each for each in (";", "|", "\n") if each in value), ",")
    return list(dict.fromkeys(part for part in (_plain_text(each) for each in value.split(sign)) if part))


def _branch_of(value: object, delivery: Delivery) -> object:
    """Branches by the names of their files."""
    known = {path.stem for path in (delivery.content / "branches").glob("*.md")}

    def one(word: str) -> str:
        slug = slug_of(word)
        return next((stem for stem in sorted(known) if stem == slug or slug in stem or stem in slug), slug)

    return [one(each) for each in value] if isinstance(value, list) else one(str(value))


def _staff(_fields: dict[str, object], _guesses: dict[str, str], _lists: Lists, _country: str) -> None:
    """Nothing is to be guessed of staff."""


def _e_resource(fields: dict[str, object], guesses: dict[str, str], lists: Lists, _country: str) -> None:
    said = " ".join(str(each) for each in [fields.get("kinds", ""), fields["title"]]).casefold()
    known = lists.resource_kinds or RESOURCE_KINDS
    kinds = [kind for kind in known if any(word in said for word in (kind.casefold(), *_KINDS.get(kind, ())))]
    if not kinds:
        kinds = ["research" if "research" in known else known[0]]
        guesses["kinds"] = f"The list does not say what is in it: “{kinds[0]}” was written."
    fields["kinds"] = kinds
    if not fields.get("subjects"):
        fields["subjects"] = ["General"]
        guesses["subjects"] = "The list names no subject: “General” was written."
    if fields.get("access") not in {"anyone", "card", "card-resident", "in-branch", "in-branch-or-card"}:
        fields["access"] = "card"
        guesses["access"] = "The list does not say who can use it: “card” was written."
    url = str(fields.get("url", ""))
    if url and "://" not in url:
        fields["url"] = f"https://{url}"


def _equipment(fields: dict[str, object], guesses: dict[str, str], lists: Lists, _country: str) -> None:
    groups = lists.equipment_groups or EQUIPMENT_GROUPS
    said = str(fields.get("group", "")).casefold()
    found = next((each for each in groups if said and (each.casefold() in said or said in each.casefold())), "")
    if not found:
        found = "library of things" if "library of things" in groups else groups[0]
        guesses["group"] = (
            f"“{said}” isn’t one of your groups, so “{found}” was written."
            if said
            else f"The sheet names no group: “{found}” was written."
        )
    fields["group"] = found


def _program(fields: dict[str, object], guesses: dict[str, str], lists: Lists, country: str) -> None:
    for name, words, usual in (
        ("kind", lists.kinds or KINDS, "community"),
        ("audience", lists.audiences or AUDIENCES, "everyone"),
    ):
        values = fields.get(name)
        said = [str(each).casefold() for each in (values if isinstance(values, list) else [values or ""])]
        found = [each for each in words if each.casefold() in said]
        if not found:
            found = [usual if usual in words else words[0]]
            guesses[name] = f"The sheet does not say this in your words: “{found[0]}” was written."
        fields[name] = found if name == "audience" else found[0]
    said_so = str(fields.get("registration", "")).casefold()
    needed = (
        "required"
        if said_so in {"yes", "required", "y", "oui", "true", "1"}
        else "drop-in"
        if "drop" in said_so
        else "none"
    )
    fields["registration"] = {"needed": needed}
    day = str(fields.pop("day", ""))
    last = str(fields.pop("last_day", "")) or day
    for name, own in (("starts", day), ("ends", last)):
        cell = str(fields.get(name, ""))
        fields[name] = moment_of(own or cell, cell if own else "", country)


_TIDY = {"staff": _staff, "e-resource": _e_resource, "equipment": _equipment, "program": _program}
