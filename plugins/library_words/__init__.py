"""The words of the interface in each language, dates, times and money as people write them.

A library, not a plugin: templates get these functions from the site generator.
"""

from __future__ import annotations

from library_words.dates import format_date, format_span, format_time, weekday_name
from library_words.own import own_words
from library_words.translate import (
    interface_words,
    languages,
    missing_words,
    money,
    note_titles,
    translate,
    untranslated,
    where_ours,
)

__all__ = [
    "format_date",
    "format_span",
    "format_time",
    "interface_words",
    "languages",
    "missing_words",
    "money",
    "note_titles",
    "own_words",
    "translate",
    "untranslated",
    "weekday_name",
    "where_ours",
]
