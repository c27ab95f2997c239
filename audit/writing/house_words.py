"""The words of the house: what the trade says, and what visitors say instead.

A library adds its own in one file, which ``stepfree.toml`` names as ``[paths] words``::

    [en]
    abbreviations = ["MLCPL"]              # everybody here knows them
    vague_links = ["more info"]            # link texts that say nothing here
    fine_links = ["our story"]             # and those that do, whatever the rule believes
    exact = ["ILL"]                        # words of the trade in this spelling only

    [en.jargon]
    "Zone B" = "the north of the county"   # what to say instead; "" takes a word off our list

The same below ``[fr]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from audit.errors import UsageError
from audit.semantics import vocabulary
from audit.settings.config import read_toml, toml_lines
from audit.settings.nearest import did_you_mean, known_words

FOLDER = Path(__file__).with_name("words")
_LISTS = ("abbreviations", "vague_links", "fine_links", "exact")
_KEYS = (*_LISTS, "jargon")


@dataclass(frozen=True)
class HouseWords:
    """The list of one language. ``jargon``: word in lower case → what to say instead.

    ``exact``: words that count only as they are written here (``ILL`` is none in "fell ill").
    """

    lang: str
    jargon: Mapping[str, str] = field(hash=False)
    exact: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OwnWords:
    """What a library's file says of one language."""

    jargon: Mapping[str, str] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    vague_links: frozenset[str] = frozenset()
    fine_links: frozenset[str] = frozenset()


_own: dict[str, OwnWords] = {}


def use_own_list(file: Path | None) -> None:
    """Go by a library's own file from now on; ``None``: by ours alone.

    Raises:
        UsageError: it cannot be read, or something in it is not known; with file and line.
    """
    found = read_own_list(file) if file else {}
    if found == _own:
        return
    _own.clear()
    _own.update(found)
    house_words.cache_clear()
    vocabulary.use_own({
        lang: vocabulary.OwnVocabulary(own.abbreviations, own.vague_links, own.fine_links) for lang, own in found.items()
    })  # fmt: skip


def read_own_list(file: Path) -> dict[str, OwnWords]:
    """A library's own file, by language.

    Raises:
        UsageError: as :func:`use_own_list`.
    """
    table, text = read_toml(file, "the list of words")
    lines = toml_lines(text)
    found = {}
    for lang, part in table.items():
        if lang not in vocabulary.LANGUAGES or not isinstance(part, dict):
            hint = f"There are {', '.join(f'[{each}]' for each in vocabulary.LANGUAGES)}, each with a table of jargon such as [en.jargon]."
            raise _wrong(file, lines, lang, "", f"“{lang}” is not a language of this list.", hint)
        for key, value in part.items():
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS) or f"Known: {known_words(_KEYS)}."
                raise _wrong(file, lines, lang, key, f"unknown key “{key}” in [{lang}].", hint)
            _check(file, lines, lang, key, value)
        found[lang] = OwnWords(
            dict(part.get("jargon", {})), **{key: frozenset(part.get(key, ())) for key in _LISTS}
        )  # fmt: skip
    return found


def _check(file: Path, lines: Mapping[tuple[str, str], int], lang: str, key: str, value: Any) -> None:
    if key == "jargon":
        if not isinstance(value, dict):
            raise _wrong(
                file, lines, lang, key, "“jargon” is a table.", f'Write [{lang}.jargon] and below it "word" = "…".'
            )
        for word, instead in value.items():
            if not isinstance(instead, str):
                sentence = f"what to say instead of “{word}” must be a text in quotation marks."
                raise _wrong(
                    file, lines, f"{lang}.jargon", word, sentence, 'An empty text, "", takes the word off the list.'
                )
    elif not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise _wrong(file, lines, lang, key, f"“{key}” is a list of texts.", f'Write {key} = ["…", "…"].')


def _wrong(
    file: Path, lines: Mapping[tuple[str, str], int], table: str, key: str, sentence: str, hint: str
) -> UsageError:
    places = ((table, key), (f"{table}.{key}", ""), (table, ""))
    line = next((lines[place] for place in places if place in lines), 1)
    return UsageError(f"{file}:{line}: {sentence}", hint)


@cache
def house_words(lang: str) -> HouseWords:
    """The list for a language; the English one for languages without a list."""
    short = "fr" if lang.startswith("fr") else "en"
    table = tomllib.loads((FOLDER / f"{short}.toml").read_text(encoding="utf-8"))
    own = _own.get(short, OwnWords())
    # The same word in another case takes the place of ours, too.
    jargon = {word.casefold(): instead for word, instead in (*table["jargon"].items(), *own.jargon.items())}
    return HouseWords(
        short,
        {word: instead for word, instead in jargon.items() if instead.strip()},
        frozenset(table["exact"]) | own.exact,
    )
