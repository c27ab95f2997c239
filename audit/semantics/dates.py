"""Dates as people write them in prose, in English and French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_FRENCH_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)


def _prefixes(names: tuple[str, ...] | list[str], shortest: int) -> str:
    """A pattern for each name in full or cut to some letters with a full stop."""
    return "|".join(f"{name}|{name[:shortest]}[a-zéû]{{0,2}}\\." for name in names)


_ENGLISH = re.compile(
    rf"\b(?:(?P<weekday>{_prefixes(_ENGLISH_DAYS, 3)})\s*,?\s+)?(?P<month>{_prefixes(_ENGLISH_MONTHS, 3)})\s+"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?:\s*,?\s+(?P<year>(?:19|20)\d\d)\b)?"
)
_FRENCH = re.compile(
    rf"\b(?:(?P<weekday>{_prefixes(_FRENCH_DAYS, 3)})\s*,?\s+)?(?P<day>\d{{1,2}})(?:er)?\s+"
    rf"(?P<month>{_prefixes(_FRENCH_MONTHS, 3)})(?:\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in words. ``weekday`` counts from 0 (Monday), ``month`` from 1; ``year`` may be left out."""

    quote: str
    weekday: int | None
    day: int
    month: int
    year: int | None
    french: bool

    def with_weekday(self, word: str) -> str:
        """The date as it is written, with another weekday."""
        return re.sub(r"^[^\W\d]+\.?", word, self.quote, count=1)

    def weekday_word(self, weekday: int) -> str:
        """A weekday in the language of the date."""
        return (_FRENCH_DAYS if self.french else _ENGLISH_DAYS)[weekday]


def _index(names: tuple[str, ...] | list[str], written: str) -> int:
    start = written.rstrip(".").casefold()
    return next(number for number, name in enumerate(names) if name.casefold().startswith(start[: len(name)]))


def dates_in(text: str, *, french: bool) -> Iterator[tuple[int, WrittenDate]]:
    """Every date of a text, with the position at which it begins."""
    days, months = (_FRENCH_DAYS, _FRENCH_MONTHS) if french else (_ENGLISH_DAYS, _ENGLISH_MONTHS)
    for match in (_FRENCH if french else _ENGLISH).finditer(text):
        weekday, year = match.group("weekday"), match.group("year")
        yield (
            match.start(),
            WrittenDate(
                match.group(0).strip(),
                _index(days, weekday) if weekday else None,
                int(match.group("day")),
                _index(months, match.group("month")) + 1,
                int(year) if year else None,
                french,
            ),
        )
