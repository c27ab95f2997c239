"""Days that stand in the front matter of a source, as the content types of a library have them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from audit.writing.source import Place, SourceText


@dataclass(frozen=True, slots=True)
class DatedField(Place):
    """A field with a day, and the day on which the source is looked at."""

    field: str = ""
    day: dt.date = dt.date.min
    today: dt.date = dt.date.min

    @property
    def past(self) -> bool:
        return self.day < self.today


def dated_fields(source: SourceText, names: tuple[str, ...]) -> Iterator[DatedField]:
    """The fields of these names that hold a day; none where nobody said which day it is."""
    if source.today is None:
        return
    for name in names:
        day = day_of(source.front_matter.get(name))
        if day is not None:
            yield DatedField(source.field_line(name), f"{name}: {day.isoformat()}", 1, name, day, source.today)


def day_of(value: object) -> dt.date | None:
    """The day of a date or time; ``None`` for anything else. Times are sometimes left as text by YAML."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value.strip()).date()
        except ValueError:
            return None
    return None
