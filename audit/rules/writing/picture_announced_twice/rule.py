"""An alternative begins by saying that there is a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Alternative says that it is a picture",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader says “image” by itself, so people hear “image, image of a lamp”.",
    since="0.1.0",
    best_practice=True,
)

_EN = r"(?:an?\s+|the\s+)?(?:image|picture|pic|photo|photograph|graphic|icon)\s+(?:of|showing|shows)\b"
_FR = r"(?:une?\s+|l[’'])?(?:image|photo|photographie|illustration|ic[oô]ne)\s+(?:d[eu’']|montrant|qui montre)"
_ANNOUNCED = {"en": re.compile(_EN, re.IGNORECASE), "fr": re.compile(_FR, re.IGNORECASE)}


def applies(source: SourceText) -> Iterator[Place]:
    """Pictures in the text that have an alternative."""
    for _, span in spans(source):
        if span.kind == "picture" and span.words:
            yield Place(span.line, span.words, span.column)


def expect(source: SourceText, place: Place) -> Result:
    """Where the kind of picture matters (a photograph beside drawings), the words may stay: a question."""
    found = _ANNOUNCED["fr" if source.lang.startswith("fr") else "en"].match(place.quote)
    if not found:
        return passed()
    rest = place.quote[found.end() :].strip(" :’'")
    better = f" `![{rest[:1].upper()}{rest[1:]}](…)`" if rest else " what it shows"
    return ask(
        f"The alternative “{place.quote}” begins with “{found.group(0)}”. Does it matter that it is one?",
        f"If not, begin with what the picture shows:{better}.",
    )
