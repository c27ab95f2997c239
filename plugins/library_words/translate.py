"""Interface words: English in the templates, French from ``french.yml`` beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from library_base.errors import SettingsError

#: What an untitled note and a table are called, by kind.
NOTE_TITLES = {
    "en": {
        "note": "Note",
        "warning": "Warning",
        "important": "Important",
        "tip": "Tip",
        "danger": "Warning",
        "caution": "Caution",
        "table": "Table",
    },
    "fr": {
        "note": "Remarque",
        "warning": "Avertissement",
        "important": "Important",
        "tip": "Conseil",
        "danger": "Avertissement",
        "caution": "Attention",
        "table": "Tableau",
    },
}

_CATALOGUE = Path(__file__).with_name("french.yml")
#: English words that were asked for in French and that the catalogue lacks.
_missing: set[str] = set()


@cache
def french() -> dict[str, str]:
    """Return the catalogue, English words → French words.

    Raises :class:`SettingsError` when a translation lost one of its ``{placeholders}``.
    """
    catalogue: dict[str, str] = yaml.safe_load(_CATALOGUE.read_text(encoding="utf-8"))
    for english, words in catalogue.items():
        if _placeholders(english) != _placeholders(words):
            raise SettingsError(f"{_CATALOGUE.name}: “{english}” and “{words}” have different {{placeholders}}.")
    return catalogue


def _placeholders(words: str) -> set[str]:
    return {part.split("}")[0] for part in words.split("{")[1:]}


def translate(words: str, lang: str, **values: Any) -> str:
    """Return interface words in ``lang``, with ``{names}`` in them filled from ``values``.

    Words that the catalogue lacks stay English and are remembered for :func:`untranslated`,
    which a test holds empty for our own theme.
    """
    if lang == "fr":
        known = french()
        if words not in known:
            _missing.add(words)
        words = known.get(words, words)
    return words.format(**values) if values else words


def untranslated() -> frozenset[str]:
    """Return the English words that were asked for in French and are not in the catalogue."""
    return frozenset(_missing)


def money(amount: str | float, lang: str = "en") -> str:
    """Write an amount in Canadian dollars; texts such as ``free`` stay as they are."""
    if isinstance(amount, str):
        return amount
    written = f"{amount:.2f}"
    return f"{written.replace('.', ',')}\u00a0$" if lang == "fr" else f"${written}"
