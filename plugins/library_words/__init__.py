"""The words of the interface in English and French, dates and times as people write them.

A library, not a plugin: templates get these functions from the site generator.
"""

from __future__ import annotations

from library_words.dates import format_date, format_span, format_time, weekday_name
from library_words.translate import NOTE_TITLES, money, translate, untranslated

__all__ = [
    "NOTE_TITLES",
    "format_date",
    "format_span",
    "format_time",
    "money",
    "translate",
    "untranslated",
    "weekday_name",
]
