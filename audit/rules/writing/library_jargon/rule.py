"""A word that library staff use and visitors do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of, plain
from audit.writing.house_words import HouseWords, house_words
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Do visitors know this word?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who do not know the word think that the page is not for them.",
    since="0.1.0",
    best_practice=True,
)


@dataclass(frozen=True, slots=True)
class _Word(Place):
    instead: str = ""


@cache
def _shape(words: HouseWords) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words.jargon, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE) if alternatives else re.compile(r"(?!)")


def applies(source: SourceText) -> Iterator[Place]:
    """Each block of text: with the first use of each such word, or without any."""
    words = house_words(source.lang)
    told: set[str] = set()
    for block in blocks_of(source):
        if block.kind in {BlockKind.CODE, BlockKind.QUOTE, BlockKind.HTML}:
            continue
        found = False
        for match in _shape(words).finditer(plain(block.text)):
            word = match.group(0)
            lower_case = {exact.casefold() for exact in words.exact}
            # "ILL" is a word of the trade; "fell ill" is not.
            if word.casefold() in told or (word.casefold() in lower_case and word not in words.exact):
                continue
            told.add(word.casefold())
            found = True
            line = next((line for line in block.lines if word in line.raw), block.lines[0])
            yield _Word(line.number, word, line.raw.find(word) + 1, words.jargon[word.casefold()])
        if not found:
            yield _Word(block.line, "", 1)


def expect(source: SourceText, place: Place) -> Result:
    """The house list says what people say instead; the author decides whether it fits here."""
    assert isinstance(place, _Word)
    if not place.quote:
        return passed()
    return ask(
        f"“{place.quote}” is library jargon. Do the readers of this page know it?",
        f"Visitors say: {place.instead}. If you need the word, explain it where it first appears.",
        word=place.quote.casefold(),
    )
