"""A page as bytes, and back: compressed JSON, the same bytes for the same page.

Dataclasses become lists of their fields in order. Computed styles, of which a page has few
different ones, are kept once. A record of another format version is refused, not guessed at.
"""

from __future__ import annotations

import dataclasses
import json
import types
import zlib
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic_core import PydanticSerializationError, to_json

from audit.errors import AuditError
from audit.model.document import Element, Pseudo
from audit.model.page import Page

VERSION = 8

type Decoder = Callable[[Any], Any]
type Encoder = Callable[[Any], Any]

_AS_THEY_ARE = frozenset({str, int, float, bool})


class UnreadableRecord(AuditError):
    """The bytes are no record of this version: make the capture again."""


class _Styles:
    """Each different style once."""

    def __init__(self) -> None:
        self.table: list[Mapping[str, str]] = []
        self._by_identity: dict[int, int] = {}
        self._by_value: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}

    def add(self, style: Mapping[str, str]) -> int:
        known = self._by_identity.get(id(style))
        if known is not None:
            return known
        # Names and values apart: a hundred pairs take far longer to compare than two rows of words.
        key = tuple(style), tuple(style.values())
        at = self._by_value.get(key)
        if at is None:
            at = self._by_value[key] = len(self.table)
            self.table.append(style)
        self._by_identity[id(style)] = at
        return at


def dump(page: Page) -> bytes:
    """The page as bytes."""
    return zlib.compress(write(page), 1)


def load(data: bytes) -> Page:
    """The page that :func:`dump` made the bytes of.

    Raises:
        UnreadableRecord: they are something else, damaged, or of another version.
    """
    try:
        text = zlib.decompress(data)
    except zlib.error as error:
        raise UnreadableRecord(f"The record of a page cannot be read: {error}.", "Capture the page again.") from error
    return read(text)


def write(page: Page) -> bytes:
    """The page as JSON in UTF-8, not compressed."""
    styles = _Styles()
    body = _Writer(styles).encoder(Page)(page)
    record = {"version": VERSION, "page": body, "styles": styles.table}
    try:
        # Three times as fast, but it refuses halves of surrogate pairs, which attributes may hold.
        return to_json(record)
    except PydanticSerializationError:
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read(text: bytes) -> Page:
    """The page that :func:`write` wrote. Raises as :func:`load`."""
    try:
        record = json.loads(text.decode("utf-8", "surrogatepass"))
        if record["version"] != VERSION:
            raise UnreadableRecord(
                f"The record has version {record['version']}, not {VERSION}.", "Capture the page again."
            )
        styles = record["styles"]
        page = _Loader(styles).dataclass(Page, record["page"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableRecord(f"The record of a page cannot be read: {error}.", "Capture the page again.") from error
    assert isinstance(page, Page)
    return page


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


def _odd(value: Mapping[Any, Any]) -> bool:
    """Whether the keys are not plain text (JSON knows no others)."""
    return any(type(key) is not str for key in value)


def _flat(value: Any) -> Any:
    """Any value without dataclasses as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        if _odd(value):
            return [[_flat(key), _flat(item)] for key, item in value.items()]
        return {key: _flat(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_flat(item) for item in value]
    return value


def _itself(value: Any) -> Any:
    return value


class _Writer:
    """Takes values apart by the types that the dataclasses declare.

    A page has tens of thousands of elements and boxes, most of whose fields are written as they are:
    which are not is found out once for each type.
    """

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._encoders: dict[Any, Encoder] = {}

    def encoder(self, hint: Any) -> Encoder:
        """What makes lists, mappings and plain values of a value of this type."""
        known = self._encoders.get(hint)
        if known is None:
            known = self._encoders[hint] = self._make(hint)
        return known

    def _make(self, hint: Any) -> Encoder:
        origin, arguments = get_origin(hint), get_args(hint)
        if dataclasses.is_dataclass(hint):
            return self._dataclass(hint)  # type: ignore[arg-type]
        if hint in _AS_THEY_ARE:
            return _itself
        if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
            inner = self.encoder(arguments[0])
            return _itself if inner is _itself else lambda value: [inner(item) for item in value]
        if origin in {Union, types.UnionType}:
            return self._union(arguments)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(*arguments)
        return _flat

    def _dataclass(self, kind: type) -> Encoder:
        names, hints = _names(kind), _hints(kind)
        values = attrgetter(*names)
        encoders = [self._styles.add if _is_style(kind, name) else self.encoder(hints[name]) for name in names]
        others = [(at, encode) for at, encode in enumerate(encoders) if encode is not _itself]

        def encode(value: Any) -> list[Any]:
            found: list[Any] = list(values(value)) if len(names) > 1 else [values(value)]
            for at, encode_field in others:
                found[at] = encode_field(found[at])
            return found

        return encode

    def _union(self, arguments: tuple[Any, ...]) -> Encoder:
        encoders = {each: self.encoder(each) for each in arguments if each is not type(None)}
        others = {each: encode for each, encode in encoders.items() if encode is not _itself}
        if not others:
            return _itself
        if len(encoders) == 1:
            (only,) = encoders.values()
            return lambda value: None if value is None else only(value)
        if len(others) == 1:
            ((kind, encode),) = others.items()
            if dataclasses.is_dataclass(kind):
                return lambda value: encode(value) if isinstance(value, kind) else value  # type: ignore[arg-type]
        return _flat

    def _mapping(self, key: Any, item: Any) -> Encoder:
        keys, items = self.encoder(key), self.encoder(item)
        plain = key is str

        def encode(value: Any) -> Any:
            if not plain and _odd(value):
                return [[keys(name), items(inner)] for name, inner in value.items()]
            if items is _itself:
                return value if type(value) is dict else dict(value)
            return {name: items(inner) for name, inner in value.items()}

        return encode


class _Loader:
    """Builds values by the types that the dataclasses declare."""

    def __init__(self, styles: list[dict[str, str]]) -> None:
        self._styles = styles
        self._decoders: dict[Any, Decoder] = {}
        self._by_kind: dict[type, list[tuple[str, Decoder]]] = {}

    def dataclass(self, kind: type, values: list[Any]) -> Any:
        decoders = self._fields(kind)
        if len(decoders) != len(values):
            raise UnreadableRecord(f"The record has another shape of {kind.__name__}.", "Capture the page again.")
        return kind(**{name: decode(value) for (name, decode), value in zip(decoders, values, strict=True)})

    def _fields(self, kind: type) -> list[tuple[str, Decoder]]:
        found = self._by_kind.get(kind)
        if found is None:
            hints = _hints(kind)
            found = self._by_kind[kind] = [
                (name, self._styles.__getitem__ if _is_style(kind, name) else self._decoder(hints[name]))
                for name in _names(kind)
            ]
        return found

    def _decoder(self, hint: Any) -> Decoder:
        known = self._decoders.get(hint)
        if known is None:
            known = self._decoders[hint] = self._make(hint)
        return known

    def _make(self, hint: Any) -> Decoder:
        origin = get_origin(hint)
        arguments = get_args(hint)
        if dataclasses.is_dataclass(hint):
            kind = hint
            return lambda value: self.dataclass(kind, value)  # type: ignore[arg-type]
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint
        if origin is tuple:
            return self._tuple(arguments)
        if origin in {Union, types.UnionType}:
            return self._union(arguments)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(*arguments)
        return lambda value: value

    def _tuple(self, arguments: tuple[Any, ...]) -> Decoder:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            inner = self._decoder(arguments[0])
            return lambda value: tuple(inner(item) for item in value)
        parts = [self._decoder(each) for each in arguments]
        return lambda value: tuple(part(item) for part, item in zip(parts, value, strict=True))

    def _union(self, arguments: tuple[Any, ...]) -> Decoder:
        rest = [each for each in arguments if each is not type(None)]
        complex_ = [each for each in rest if dataclasses.is_dataclass(each) or get_origin(each) is not None]
        if not complex_:
            return lambda value: value
        if len(rest) == 1:
            inner = self._decoder(rest[0])
            return lambda value: None if value is None else inner(value)
        # ``int | TextRun``: what is a list in the record is the dataclass.
        inner = self._decoder(complex_[0])
        return lambda value: inner(value) if isinstance(value, list) else value

    def _mapping(self, key: Any, item: Any) -> Decoder:
        keys, items = self._decoder(key), self._decoder(item)

        def decode(value: Any) -> Any:
            pairs = value.items() if isinstance(value, dict) else value
            return {keys(name): items(inner) for name, inner in pairs}

        return decode


def _is_style(kind: type | None, name: str) -> bool:
    return name == "style" and kind in {Element, Pseudo}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
