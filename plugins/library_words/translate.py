"""Interface words: English in the templates, other languages from ``words/LL.yml`` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.numbers import format_currency, get_territory_currencies

from library_base.errors import SettingsError
from library_words.voice import voice

#: What an untitled note and a table are called, by kind.
_ENGLISH_NOTES = {
    "note": "Note",
    "warning": "Warning",
    "important": "Important",
    "tip": "Tip",
    "danger": "Warning",
    "caution": "Caution",
    "table": "Table",
}

_FOLDER = Path(__file__).with_name("words")
#: English words that were asked for in a language and that its catalogue lacks.
_missing: dict[str, set[str]] = {}


def note_titles(lang: str) -> Mapping[str, str]:
    """What an untitled note and a table are called in a language, by kind."""
    return {kind: translate(words, lang) for kind, words in _ENGLISH_NOTES.items()}


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, with English, which needs none."""
    return ("en", *sorted(path.stem for path in _FOLDER.glob("*.yml") if "-" not in path.stem))


@cache
def words_of(lang: str) -> Mapping[str, str]:
    """Return the catalogue of a language, English words → its words; empty when there is none.

    Raises :class:`SettingsError` when a translation lost one of its ``{placeholders}``.
    """
    path = _FOLDER / f"{lang}.yml"
    if not path.is_file():
        return {}
    catalogue: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for english, words in catalogue.items():
        if placeholders(english) != placeholders(words):
            raise SettingsError(f"{path.name}: “{english}” and “{words}” have different {{placeholders}}.")
    return catalogue


def french() -> Mapping[str, str]:
    """Return the French catalogue."""
    return words_of("fr")


def interface_words() -> tuple[str, ...]:
    """All words of the interface, in English: the French catalogue has each of them, which a test holds."""
    return tuple(words_of("fr"))


def missing_words(lang: str) -> tuple[str, ...]:
    """The words that neither our catalogue of a language nor the library's own one has; English stands in for them."""
    if _base(lang) == "en":
        return ()
    known = {**words_of(_base(lang)), **voice().own.get(lang, {})}
    return tuple(words for words in interface_words() if words not in known)


def _base(lang: str) -> str:
    """The language without its country or script: the words of ``fr-CA`` are those of ``fr``."""
    return lang.partition("-")[0]


def placeholders(words: str) -> set[str]:
    """The names in braces."""
    return {part.split("}")[0] for part in words.split("{")[1:]}


def translate(words: str, lang: str, **values: Any) -> str:
    """Return interface words in ``lang``, with ``{names}`` in them filled from ``values``.

    Words that the catalogue lacks stay English and are remembered for :func:`untranslated`,
    which a test holds empty for our own theme.
    """
    base, speaking = _base(lang), voice()
    own = speaking.own.get(lang, {})
    # What is said otherwise in the library's country: catalog, postcode, lift.
    regional = words_of(f"{base}-{speaking.country}")
    if words in own:
        words = own[words]
    elif words in regional:
        words = regional[words]
    elif base != "en":
        known = words_of(base)
        if words not in known:
            _missing.setdefault(lang, set()).add(words)
        words = known.get(words, words)
    return words.format(**values) if values else words


def where_ours(text: str, lang: str) -> str:
    """A text of a record or of ``library.yml`` in ``lang``: as one of our own words (a default), or as the library
    says it in ``words-LL.yml``; else as its author wrote it.
    """
    known = text in words_of("fr") or text in voice().own.get(lang, {})
    return translate(text, lang) if known else text


def untranslated(lang: str = "fr") -> frozenset[str]:
    """Return the English words that were asked for in a language and are not in its catalogue."""
    return frozenset(_missing.get(lang, ()))


def money(amount: str | float, lang: str = "en") -> str:
    """Write an amount in the money of the library's country; texts such as ``free`` stay as they are."""
    if isinstance(amount, str):
        return amount
    return str(format_currency(amount, currency(), locale=voice().locale(lang)))


def currency() -> str:
    """The money of the library's country (ISO 4217)."""
    return (get_territory_currencies(voice().country) or ["USD"])[-1]
