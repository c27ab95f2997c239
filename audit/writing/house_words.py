"""The words of the house: what the trade says, and what visitors say instead."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from audit.errors import UsageError

FOLDER = Path(__file__).with_name("words")
_own: list[Path] = []


@dataclass(frozen=True)
class HouseWords:
    """The list of one language. ``jargon``: word in lower case → what to say instead.

    ``exact``: words that count only as they are written here (``ILL`` is none in "fell ill").
    """

    lang: str
    jargon: Mapping[str, str] = field(hash=False)
    exact: frozenset[str] = frozenset()


def use_own_list(file: Path | None) -> None:
    """Add a library's own list, a TOML table for each language: ``[en.jargon]``, ``[fr.jargon]``."""
    _own[:] = [file] if file else []
    house_words.cache_clear()


@cache
def house_words(lang: str) -> HouseWords:
    """The list for a language; the English one for languages without a list.

    Raises:
        UsageError: the library's own list cannot be read.
    """
    short = "fr" if lang.startswith("fr") else "en"
    table = tomllib.loads((FOLDER / f"{short}.toml").read_text(encoding="utf-8"))
    jargon = dict(table["jargon"])
    exact = set(table["exact"])
    for file in _own:
        try:
            own = tomllib.loads(file.read_text(encoding="utf-8")).get(short, {})
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise UsageError(f"The list of words {file} cannot be read: {error}.") from error
        jargon.update(own.get("jargon", {}))
        exact.update(own.get("exact", ()))
    return HouseWords(
        short, {word.casefold(): instead for word, instead in jargon.items() if instead}, frozenset(exact)
    )
