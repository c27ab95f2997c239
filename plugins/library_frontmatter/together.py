"""Slips that a schema sees as several complaints, and that are one: told once, with all that has to be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from library_frontmatter.meant import as_fields, quoted
from library_frontmatter.schema_fields import inner_model, takes, written_name
from library_frontmatter.spoken import day, length, moment, span
from library_schemas.base import Picture

#: What people call the parts of a day and time that stand in fields of their own.
_DAY = ("starts", "date", "day", "when", "start_date", "begins")
_TIME = ("time", "times", "hours", "start_time", "start", "begins", "from")
_END = ("ends", "end_time", "end", "until", "to", "finishes")
_LENGTH = ("ends", "duration", "length")


@dataclass(frozen=True, slots=True)
class Together:
    """``fields``: of which nothing else is told; the problem stands at the first of them that is in the file."""

    fields: frozenset[str]
    message: str
    hint: str


def told_together(schema: type[BaseModel], data: Mapping[str, Any], unknown: frozenset[str]) -> Iterator[Together]:
    """What several fields of a file mean together. ``unknown``: fields that the schema does not have."""
    fields = {written_name(key, field): field for key, field in schema.model_fields.items()}
    starts = fields.get("starts")
    if starts is not None and takes(starts, "2026-12-03 10:30") and not takes(starts, "2026-12-03"):
        found = _day_and_time(data, unknown, ends="ends" in fields)
        if found is not None:
            yield found
    for name, field in fields.items():
        inner = inner_model(field.annotation)
        if inner and issubclass(inner, Picture) and isinstance(data.get(name), str):
            beside = {each: data[each] for each in unknown if each in inner.model_fields}
            if beside:
                written = as_fields(data[name], inner).removesuffix(", alt: …}").removesuffix("}")
                said = ", ".join(f"{each}: {quoted(value)}" for each, value in sorted(beside.items()))
                yield Together(
                    frozenset([name, *beside]),
                    f"What describes a picture belongs inside “{name}”.",
                    f"Write {name}: {written}, {said}}}.",
                )


def _day_and_time(data: Mapping[str, Any], unknown: frozenset[str], *, ends: bool) -> Together | None:
    def first(names: tuple[str, ...]) -> tuple[str, str]:
        name = next((each for each in names if data.get(each) and (each in unknown or each in {"starts", "ends"})), "")
        value = data.get(name, "")
        return name, f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(value)

    on, said_day = first(_DAY)
    at, said_time = first(_TIME)
    if not on:
        return None
    whole = said_day if at in {"", on} else f"{_plain(said_day)} {said_time}"
    both = span(whole)
    begins = both[0] if both else moment(whole)
    if begins is None:
        return None
    last, said_end = first(_END)
    long, said_length = first(_LENGTH)
    finishes = both[1] if both else moment(said_end, begins.date())
    if finishes is None and (lasts := length(said_length)):
        last, finishes = long, begins + lasts
    used = frozenset(each for each in (on, at, last if ends else "") if each)
    right = used <= {"starts", "ends"} and not both and not length(said_end)
    if right or (ends and finishes is None):
        return None
    hint = f"Write starts: {begins:%Y-%m-%d %H:%M}"
    if ends and finishes is not None and (both or last != "ends" or length(said_end)):
        hint += f" and, on a line of its own, ends: {finishes:%Y-%m-%d %H:%M}"
    if on == "starts" and isinstance(data["starts"], dt.datetime) and finishes is not None:
        message = f"“{said_length}” is how long it takes; this field says when it ends."
        return Together(frozenset([last, "ends"]), message, f"Write ends: {finishes:%Y-%m-%d %H:%M}.")
    message = (
        "The day and its time belong together in one field."
        if at and at != on
        else f"“{said_day}” in “{on}” is two times."
        if both
        else f"A day and time belong in the field “starts”, not in “{on}”."
    )
    return Together(used | {"starts", "ends"}, message, f"{hint}.")


def _plain(said: str) -> str:
    on = day(said)
    return on.isoformat() if on else said
