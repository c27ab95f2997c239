"""A program with a picture and hardly any text: the picture may be a poster that holds the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import words
from audit.writing.blocks import blocks_of, plain, spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Is this picture a poster?",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.1.1", "1.4.5")),
    fixer=Fixer.AUTHOR,
    why="What is only in a picture reaches nobody who cannot see it, and cannot be enlarged or translated.",
    since="0.1.0",
)

#: A text shorter than this hardly says what, for whom, and what to bring.
ENOUGH = 25
#: Where posters come: what announces something.
_FOLDERS = ("content/programs/", "content/news/", "content/notices/")


@dataclass(frozen=True, slots=True)
class _Picture(Place):
    words: int = 0
    alternative: str = ""


def applies(source: SourceText) -> Iterator[Place]:
    """Pictures in the text of programs, news and notices."""
    if not source.path.startswith(_FOLDERS):
        return
    pictures = [span for _, span in spans(source) if span.kind == "picture"]
    count = sum(len(words(plain(block.text))) for block in blocks_of(source))
    alternatives = sum(len(words(span.words)) for span in pictures)
    for span in pictures:
        yield _Picture(span.line, span.raw, span.column, count - alternatives, span.words)


def expect(_source: SourceText, place: Place) -> Result:
    """With enough text beside it the picture is an addition."""
    assert isinstance(place, _Picture)
    if place.words >= ENOUGH or "decorative" in place.quote:
        return passed()
    return ask(
        f"This page has a picture (“{place.alternative or place.quote}”) and only {place.words} words. "
        "Does the picture give facts that the text does not?",
        "If it is a poster, write what it says as text: what, when, where, for whom, cost, how to register.",
        words=place.words,
    )
