"""Words that rules about language know, in English, French and Spanish: data, read once.

The lists stand in ``vocabulary_en.toml``, ``vocabulary_fr.toml`` and so on beside this file. A text in another
language is judged by none of them: :func:`vocabulary` gives ``None``, and the rule is silent.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from audit.semantics.words import words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of one language; what each holds is said in ``vocabulary_en.toml``. Phrases are tuples of words."""

    stop: frozenset[str]
    link_fillers: frozenset[str]
    link_pointers: frozenset[str]
    link_describing: frozenset[str]
    link_unmistakable: frozenset[str]
    pointing: frozenset[str]
    formats: frozenset[str]
    beside_formats: frozenset[str]
    additions: frozenset[str]
    addition_marks: frozenset[str]
    placeholder_titles: frozenset[str]
    placeholder_headings: frozenset[str]
    numbered_headings: frozenset[str]
    placeholder_alternatives: frozenset[str]
    placeholder_frames: frozenset[str]
    placeholder_labels: frozenset[str]
    actions: frozenset[str]
    file_noise: frozenset[str]
    transcript: frozenset[str]
    sensory_shapes: frozenset[str]
    sensory_colours: frozenset[str]
    sensory_positions: frozenset[str]
    page_parts: frozenset[str]
    shape_nouns: frozenset[str]
    icon_shapes: frozenset[str]
    instructions: frozenset[str]
    near: frozenset[str]
    world: frozenset[str]
    familiar_abbreviations: frozenset[str]
    topics: Mapping[str, frozenset[str]]
    purposes: Mapping[str, frozenset[str]]
    #: Words before a quotation, that tell of somebody who says or writes it.
    saying: frozenset[str]
    #: What boxes beside the text are called.
    note_labels: frozenset[str]
    #: Whole link texts that say nothing, and those that a library itself finds vague, whatever their words.
    link_vague: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnVocabulary:
    """What a library adds to the lists of one language, as it wrote it."""

    abbreviations: frozenset[str] = frozenset()
    vague_links: frozenset[str] = frozenset()
    fine_links: frozenset[str] = frozenset()


_own: dict[str, OwnVocabulary] = {}


def use_own(own: Mapping[str, OwnVocabulary]) -> None:
    """Go by a library's own words, by language, from now on."""
    _own.clear()
    _own.update(own)
    _read.cache_clear()
    either.cache_clear()


LANGUAGES = ("en", "fr", "es")


def primary(lang: str | None) -> str:
    """The primary language subtag in lower case, ``""`` without one."""
    return (lang or "").strip().replace("_", "-").split("-")[0].lower()


def vocabulary(lang: str | None) -> Vocabulary | None:
    """The lists for a ``lang`` value; English where none is set, ``None`` for other languages."""
    code = primary(lang) or "en"
    return _read(code) if code in LANGUAGES else None


@cache
def either() -> Vocabulary:
    """All languages together: for names whose language is not known."""
    every = [_read(code) for code in LANGUAGES]
    values: dict[str, Any] = {}
    for field in fields(Vocabulary):
        parts = [getattr(each, field.name) for each in every]
        if isinstance(parts[0], frozenset):
            values[field.name] = parts[0].union(*parts[1:])
        else:
            values[field.name] = {key: frozenset().union(*(part[key] for part in parts)) for key in parts[0]}
    return Vocabulary(**values)


@cache
def _read(code: str) -> Vocabulary:
    table = tomllib.loads((files("audit.semantics") / f"vocabulary_{code}.toml").read_text(encoding="utf-8"))
    values: dict[str, Any] = {name: _frozen(value) for name, value in table.items()}
    own = _own.get(code, OwnVocabulary())
    values["familiar_abbreviations"] |= {each.strip().casefold() for each in own.abbreviations}
    values["link_describing"] |= {" ".join(words(each)) for each in own.fine_links}
    values["link_vague"] |= frozenset(" ".join(words(each)) for each in own.vague_links)
    return Vocabulary(**values)


def _frozen(value: Iterable[str] | Mapping[str, list[str]]) -> frozenset[str] | dict[str, frozenset[str]]:
    if isinstance(value, Mapping):
        return {key: frozenset(words) for key, words in value.items()}
    return frozenset(value)
