"""Where calendar files are, below the site's base path and without a slash at the beginning."""

from __future__ import annotations

import datetime as dt

from library_base.errors import slug_of
from library_words.voice import language_folder

#: How many coming occurrences of a program have a file of their own.
SINGLE_FILES = 12


def all_programs(lang: str) -> str:
    """The calendar of all programs of one language."""
    return f"{_folder(lang)}programs.ics"


def of_branch(slug: str, lang: str) -> str:
    """The calendar of one branch."""
    return f"{_folder(lang)}branch/{slug}.ics"


def of_audience(who: str, lang: str) -> str:
    """The calendar for one audience."""
    return f"{_folder(lang)}audience/{slug_of(who)}.ics"


def of_series(slug: str, lang: str) -> str:
    """The calendar of one program."""
    return f"{_folder(lang)}series/{slug}.ics"


def of_occurrence(slug: str, named: dt.date, lang: str) -> str:
    """The file of one occurrence, by the day that the series names: that day never changes."""
    return f"{_folder(lang)}series/{slug}/{named.isoformat()}.ics"


def _folder(lang: str) -> str:
    return f"calendar{language_folder(lang)}/"
