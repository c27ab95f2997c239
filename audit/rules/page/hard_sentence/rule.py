"""A sentence is made of so many long words that few readers follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
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
#: Languages whose syllables are counted here.
_LANGUAGES = frozenset({"en", "fr"})
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
        yield page.document[hardest[1]]


def _hardest(page: Page) -> tuple[float, int, str, bool] | None:
    """Years of school, block and text of the hardest sentence, and whether it is too hard."""
    document = page.document
    worst: tuple[float, int, str, bool] | None = None
    for block in text_blocks(document):
        if (
            (primary(block.element.lang) or "en") not in _LANGUAGES
            or not block.element.exposed
            or block.is_code(document)
        ):
            continue
        french = (block.element.lang or "").lower().startswith("fr")
        for sentence in sentences(unquoted(block.text)):
            # Names cannot be made easier, and a list in one line is read piece by piece.
            said = words(_NAME.sub(" ", sentence))
            listed = sentence.count(",") + sentence.count(";") > len(said) / 6
            if not FEWEST <= len(said) <= MOST or listed or not sentence.rstrip().endswith((".", "!", "?", "…")):
                continue
            counts = [_syllables(word, french=french) for word in said]
            years = 0.39 * len(said) + 11.8 * sum(counts) / len(said) - 15.59
            share = sum(1 for count in counts if count > 2) / len(said)
            hard = years >= (YEARS_FR if french else YEARS) and share >= (LONG_FR if french else LONG)
            if worst is None or (hard, years) > (worst[3], worst[0]):
                worst = (years, block.element.index, sentence, hard)
    return worst


def _syllables(word: str, *, french: bool) -> int:
    count = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) if not french else word.endswith(("e", "es", "ent"))
    return max(1, count - 1 if silent and count > 1 else count)


def expect(page: Page, target: Element) -> Result:
    hardest = _hardest(page)
    assert hardest is not None
    years, _, sentence, hard = hardest
    del target
    if not hard:
        return passed(years=round(years))
    long = [word for word in words(sentence) if _syllables(word, french=False) > 2]
    return ask(
        f"Can this be said in plainer words: “{sentence[:160]}”? Long words: {', '.join(dict.fromkeys(long[:6]))}.",
        "Say who does what, in words that people use when they speak: “Please pay what you owe before you borrow again.”",
        years=round(years),
    )
