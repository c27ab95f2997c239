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
from typing import Any, Union, get_args, get_origin, get_type_hints

from audit.capture.document import Element, Pseudo
from audit.capture.page import Page
from audit.errors import AuditError

VERSION = 1

type Decoder = Callable[[Any], Any]


class UnreadableRecord(AuditError):
    """The bytes are no record of this version: make the capture again."""


class _Styles:
    """Each different style once."""

    def __init__(self) -> None:
        self.table: list[Mapping[str, str]] = []
        self._by_identity: dict[int, int] = {}
        self._by_value: dict[tuple[tuple[str, str], ...], int] = {}

    def add(self, style: Mapping[str, str]) -> int:
        known = self._by_identity.get(id(style))
        if known is not None:
            return known
        key = tuple(style.items())
        at = self._by_value.get(key)
        if at is None:
            at = self._by_value[key] = len(self.table)
            self.table.append(style)
        self._by_identity[id(style)] = at
        return at


def dump(page: Page) -> bytes:
    """The page as bytes."""
    styles = _Styles()

    def flat(value: Any, owner: type | None = None, name: str = "") -> Any:
        if _is_style(owner, name):
            return styles.add(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            kind = type(value)
            return [flat(getattr(value, each), kind, each) for each in _names(kind)]
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, Mapping):
            return (
                [[flat(key), flat(item)] for key, item in value.items()]
                if _odd(value)
                else {key: flat(item) for key, item in value.items()}
            )
        if isinstance(value, (list, tuple)):
            return [flat(item) for item in value]
        return value

    body = flat(page)
    text = json.dumps(
        {"version": VERSION, "page": body, "styles": styles.table}, ensure_ascii=False, separators=(",", ":")
    )
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def load(data: bytes) -> Page:
    """The page that :func:`dump` made the bytes of.

    Raises:
        UnreadableRecord: they are something else, damaged, or of another version.
    """
    try:
        record = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        if record["version"] != VERSION:
            raise UnreadableRecord(
                f"The record has version {record['version']}, not {VERSION}.", "Capture the page again."
            )
        styles = record["styles"]
        page = _Loader(styles).dataclass(Page, record["page"])
    except (zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableRecord(f"The record of a page cannot be read: {error}.", "Capture the page again.") from error
    assert isinstance(page, Page)
    return page


def plain(value: Any) -> Any:
    """The value as JSON gives it back: tuples as lists, keys as text, in order of the keys."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


def _odd(value: Mapping[Any, Any]) -> bool:
    """Whether the keys are not plain text (JSON knows no others)."""
    return any(type(key) is not str for key in value)


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
