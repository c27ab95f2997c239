"""A sentence is made of so many long words that few readers follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.syllables import LANGUAGES, syllables
from audit.semantics.text_blocks import text_blocks
from audit.semantics.vocabulary import primary
from audit.semantics.words import sentences, unquoted, words

RULE = Rule(
    title="A sentence of hard words",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.5",)),
    fixer=Fixer.AUTHOR,
    why="People with little practice in reading, with another first language or with a cognitive disability do not learn what it asks of them.",
    since="0.1.0",
)
#: Words of three syllables and more, as a share of all, and years of school (Flesch and Kincaid) from which on hardly anybody follows.
LONG, YEARS = 0.3, 20.0
#: French words have more syllables, and its sentences more words.
LONG_FR, YEARS_FR = 0.42, 24.0
#: Fewer words are no sentence to judge; of more, ``long-sentence`` speaks.
FEWEST, MOST = 18, 42
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöûùü]+")
_NAME = re.compile(r"\b[A-ZÀ-Ý]\w+(?:\s+[A-ZÀ-Ý]\w+)+")


def applies(page: Page) -> Iterable[Element]:
    """The block with the hardest sentence of a page, when the page has sentences to judge."""
    hardest = _hardest(page)
    if hardest is not None:
        yield page.document[hardest.block]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``years`` of school that it takes, the number of its ``block``, whether it is too ``hard``, its long words."""

    years: float
    block: int
    text: str
    hard: bool
    long: tuple[str, ...]


def _hardest(page: Page) -> _Sentence | None:
    document = page.document
    worst: _Sentence | None = None
    for block in text_blocks(document):
        language = primary(block.element.lang) or "en"
        if language not in LANGUAGES or not block.element.exposed or block.is_code(document):
            continue
        french = language == "fr"
        for sentence in sentences(unquoted(block.text)):
            # Names cannot be made easier, and a list in one line is read piece by piece.
            said = words(_NAME.sub(" ", sentence))
            listed = sentence.count(",") + sentence.count(";") > len(said) / 6
            if not FEWEST <= len(said) <= MOST or listed or not sentence.rstrip().endswith((".", "!", "?", "…")):
                continue
            counts = [syllables(word, language) for word in said]
            years = 0.39 * len(said) + 11.8 * sum(counts) / len(said) - 15.59
            long = tuple(word for word, count in zip(said, counts, strict=True) if count > 2)
            hard = years >= (YEARS_FR if french else YEARS) and len(long) / len(said) >= (LONG_FR if french else LONG)
            if worst is None or (hard, years) > (worst.hard, worst.years):
                worst = _Sentence(years, block.element.index, sentence, hard, long)
    return worst


def expect(page: Page, target: Element) -> Result:
    hardest = _hardest(page)
    assert hardest is not None
    del target
    if not hardest.hard:
        return passed(years=round(hardest.years))
    return ask(
        f"Can this be said in plainer words: “{hardest.text[:160]}”? Long words: {', '.join(list(dict.fromkeys(hardest.long))[:6])}.",
        "Say who does what, in words that people use when they speak: “Please pay what you owe before you borrow again.”",
        years=round(hardest.years),
    )
