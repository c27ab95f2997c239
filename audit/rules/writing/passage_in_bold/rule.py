"""A long passage in bold or italics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A long passage in bold",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Where everything is bold nothing stands out, and letters run together for people with low vision or dyslexia.",
    since="0.1.0",
    best_practice=True,
)

_SHAPE = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1")
#: Longer passages are hard to read in bold; the figure is half of what author tools use for whole paragraphs.
LONGEST = 120


def applies(source: SourceText) -> Iterator[Place]:
    """Every passage in bold."""
    return places(source, _SHAPE)


def expect(source: SourceText, place: Place) -> Result:
    """Some words may be bold, a whole paragraph is asked about."""
    words = place.quote[2:-2]
    if len(words) <= LONGEST:
        return passed()
    return ask(
        f"{len(words)} characters in a row are bold: “{words[:60]}…”. Which of these words matter?",
        "Make only those bold, or put the passage into a box with `!!! note`.",
        characters=len(words),
    )
