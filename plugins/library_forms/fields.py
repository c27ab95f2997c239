"""Form fields from a schema, by way of its JSON Schema (draft 2020-12, as pydantic writes it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from library_schemas import CONTENT_TYPES, Record


class FieldKind(Enum):
    """What a field takes, and so how it is asked for."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    YES_NO = "yes or no"
    DATE = "date"
    DATE_AND_TIME = "date and time"
    CHOICE = "one of a list"
    CHOICES = "some of a list"
    TEXTS = "list of texts"
    BRANCH = "branch"
    BRANCHES = "branches"
    CONTENT_FILE = "content file"
    CONTENT_FILES = "content files"
    PICTURE = "picture"
    GROUP = "group of fields"
    GROUPS = "list of groups"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    ``name`` as in front matter, ``label`` for people, ``help`` the schema's description.
    ``choices`` for CHOICE and CHOICES, ``fields`` for GROUP and GROUPS. ``longest`` counts
    characters, ``pattern`` is a regular expression for TEXT.
    """

    name: str
    label: str
    help: str
    kind: FieldKind
    required: bool
    default: object = None
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    longest: int | None = None
    smallest: float | None = None
    largest: float | None = None
    fields: tuple[FormField, ...] = ()


_BRANCH_FIELDS = {"branch": FieldKind.BRANCH, "branches": FieldKind.BRANCHES}
#: Names that say little to somebody who does not know the files.
_LABELS = {
    "access": "Access",
    "alt": "In words",
    "amenities": "What is there",
    "booking_url": "Address for booking",
    "expires": "Leaves on",
    "geo": "Place on the map",
    "go": "Short name",
    "hold_url": "Address for holds",
    "html_version": "Page that says the same",
    "image": "Picture",
    "isbn": "ISBN",
    "lang": "Language",
    "nth": "Which one in the month",
    "redirect_from": "Old addresses",
    "slug": "Name in the address",
    "translation_of": "English partner",
    "url": "Web address",
}
#: Single texts that are usually longer than a line.
_LONG_TEXTS = frozenset({"summary", "reason", "alternatives", "how", "note", "access_note", "accommodations"})


@cache
def form_of(folder: str) -> tuple[FormField, ...]:
    """The fields of a content type (a key of ``CONTENT_TYPES``), in the schema's order, required ones first.

    Raises:
        KeyError: there is no such type.
    """
    schema: type[Record] = CONTENT_TYPES[folder]
    document = schema.model_json_schema(by_alias=True)
    fields = _fields(document, document.get("$defs", {}))
    title = tuple(field for field in fields if field.name == "title")
    required = tuple(field for field in fields if field.required and field.name != "title")
    optional = tuple(field for field in fields if not field.required)
    # Who writes thinks of the summary first, needed or not.
    return title + required + tuple(sorted(optional, key=lambda field: field.name != "summary"))


def _fields(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> tuple[FormField, ...]:
    required = set(node.get("required", ()))
    return tuple(
        _field(name, property_, name in required, definitions) for name, property_ in node.get("properties", {}).items()
    )


def _resolved(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A node without references and without the ``null`` branch of an optional value."""
    merged = dict(node)
    while "$ref" in merged:
        reference = merged.pop("$ref").rpartition("/")[2]
        merged = {**definitions[reference], **merged}
    for key in ("anyOf", "oneOf"):
        options = [option for option in merged.get(key, ()) if option.get("type") != "null"]
        if options:
            del merged[key]
            merged = {**_resolved(options[0], definitions), **merged}
    return merged


def _field(name: str, property_: Mapping[str, Any], required: bool, definitions: Mapping[str, Any]) -> FormField:
    node = _resolved(property_, definitions)
    kind, choices, inner = _kind(name, node, definitions)
    return FormField(
        name=name,
        label=_LABELS.get(name) or name.replace("_", " ").capitalize(),
        help=node.get("description", ""),
        kind=kind,
        required=required,
        default=node.get("default"),
        choices=choices,
        pattern=node.get("pattern") if kind is FieldKind.TEXT else None,
        longest=node.get("maxLength"),
        smallest=node.get("minimum", node.get("ge")),
        largest=node.get("maximum", node.get("le")),
        fields=inner,
    )


def _kind(
    name: str, node: Mapping[str, Any], definitions: Mapping[str, Any]
) -> tuple[FieldKind, tuple[str, ...], tuple[FormField, ...]]:
    if name in _BRANCH_FIELDS:
        return _BRANCH_FIELDS[name], (), ()
    if "enum" in node:
        return FieldKind.CHOICE, tuple(str(value) for value in node["enum"]), ()
    match node.get("type"):
        case "boolean":
            return FieldKind.YES_NO, (), ()
        case "integer" | "number":
            return FieldKind.NUMBER, (), ()
        case "object":
            inner = _fields(node, definitions)
            picture = {field.name for field in inner} >= {"file", "alt", "decorative"}
            return (FieldKind.PICTURE if picture else FieldKind.GROUP), (), inner
        case "array":
            return _list_kind(_resolved(node.get("items", {}), definitions), definitions)
        case _:
            return _text_kind(name, node), (), ()


def _text_kind(name: str, node: Mapping[str, Any]) -> FieldKind:
    if node.get("format") in {"date", "date-time"}:
        return FieldKind.DATE if node["format"] == "date" else FieldKind.DATE_AND_TIME
    if str(node.get("pattern", "")).endswith(r"\.md$"):
        return FieldKind.CONTENT_FILE
    long = name in _LONG_TEXTS or node.get("maxLength", 0) > 120
    return FieldKind.LONG_TEXT if long else FieldKind.TEXT


def _list_kind(
    item: Mapping[str, Any], definitions: Mapping[str, Any]
) -> tuple[FieldKind, tuple[str, ...], tuple[FormField, ...]]:
    if "enum" in item:
        return FieldKind.CHOICES, tuple(str(value) for value in item["enum"]), ()
    if item.get("type") == "object":
        return FieldKind.GROUPS, (), _fields(item, definitions)
    if str(item.get("pattern", "")).endswith(r"\.md$"):
        return FieldKind.CONTENT_FILES, (), ()
    return FieldKind.TEXTS, (), ()
