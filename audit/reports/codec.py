"""The values of a report as plain data, and back: one list of fields, that of the dataclasses.

A key is the name of its field, and keys stand in the order of the fields. Reading trusts nothing, because the file
may come from a stranger's pull request: a field without a default has to be there, no other key may be, and each
value has to be of the type that the dataclass names. Each refusal is one sentence with the field's place, such as
``findings[3].outcome``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from audit.errors import UsageError
from audit.model.finding import Json
from audit.settings.nearest import did_you_mean

#: Numbers that begin with 1; the others count from 0.
_FROM_ONE = frozenset({"count", "line"})


def encode(value: object) -> Json:
    """A value as JSON can hold it: keys of mappings in order, sequences as lists, no infinite numbers."""
    if type(value) is str:
        # Nearly all that a report holds: the addresses of pages under each rule.
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: encode(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() else round(value, 4)
    assert value is None or isinstance(value, bool | int | str), value
    return value


@cache
def _types(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads plain data of one file; ``name`` is what the sentence of a refusal calls it."""

    name: str

    def decode[T](self, kind: type[T], value: object, place: str = "", **known: object) -> T:
        """A dataclass of this kind; ``known`` are fields that were read already.

        Raises:
            UsageError: the data is not as the dataclass says.
        """
        if not isinstance(value, dict):
            raise self.refused(place, value, "an object")
        assert is_dataclass(kind)
        types, given = _types(kind), dict(known)
        for each in fields(kind):
            at = f"{place}.{each.name}" if place else each.name
            if each.name in known:
                continue
            if each.name in value:
                given[each.name] = self._value(types[each.name], value[each.name], at, each.name)
            elif each.default is MISSING and each.default_factory is MISSING:
                raise UsageError(f"{self.name}: {at} is missing.")
        for key in value:
            if key not in types:
                hint = did_you_mean(key, types) or "A newer version of the command may have written it."
                raise UsageError(f"{self.name}: {f'{place}.{key}' if place else key} is not known. {hint}")
        return kind(**given)

    def refused(self, place: str, value: object, wanted: str) -> UsageError:
        """The sentence about a value that is not as it should be."""
        return UsageError(f"{self.name}: {place} is {shown(value)}, but should be {wanted}.")

    def _value(self, kind: Any, value: object, place: str, field: str) -> object:
        """A value of a type that the dataclasses of a report use."""
        origin, inner = get_origin(kind), get_args(kind)
        if origin is UnionType:
            (kind,) = (each for each in inner if each is not NoneType)
            return None if value is None else self._value(kind, value, place, field)
        if origin is tuple:
            return self._several(inner, value, place, field)
        if origin is not None and issubclass(origin, Mapping):
            if not isinstance(value, dict):
                raise self.refused(place, value, "an object")
            if inner[1] is str:
                return {key: self._value(str, each, f"{place}.{key}", field) for key, each in value.items()}
            return value
        if is_dataclass(kind):
            assert isinstance(kind, type)
            return self.decode(kind, value, place)
        return self._single(kind, value, place, 1 if field in _FROM_ONE else 0)

    def _several(self, inner: Sequence[Any], value: object, place: str, field: str) -> tuple[object, ...]:
        if inner[-1] is not Ellipsis:
            numbers = [each for each in value if isinstance(each, int | float)] if isinstance(value, list) else []
            if (
                not isinstance(value, list)
                or [len(value), len(numbers)] != [len(inner)] * 2
                or True in map(_is_flag, value)
            ):
                raise self.refused(place, value, "four numbers or null")
            return tuple(value)
        if not isinstance(value, list):
            raise self.refused(place, value, "a list")
        return tuple(self._value(inner[0], item, f"{place}[{number}]", field) for number, item in enumerate(value))

    def _single(self, kind: type[Any], value: object, place: str, least: int) -> object:
        if issubclass(kind, StrEnum):
            try:
                return kind(str(self._single(str, value, place, least)))
            except ValueError:
                raise self.refused(place, value, f"one of {', '.join(kind)}") from None
        if kind is bool and not isinstance(value, bool):
            raise self.refused(place, value, "true or false")
        if kind is int and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            raise self.refused(place, value, f"a whole number from {least}")
        if kind is str and not isinstance(value, str):
            raise self.refused(place, value, "text")
        return value


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def shown(value: object) -> str:
    """A value as a sentence can quote it: short, on one line."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 60 else text[:57] + "…"
