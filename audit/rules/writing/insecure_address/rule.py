"""A link that begins with http:// although nearly every site answers to https://."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A link without encryption",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Browsers warn before such a page opens; some people are stopped by the warning.",
    since="0.1.0",
    best_practice=True,
)

_SHAPE = re.compile(r"\bhttps?://[^\s<>)\]}\"']+")
#: Addresses that never leave the machine, and names that stand for something rather than lead there.
_NAMES = re.compile(r"^http://(?:localhost|127\.|www\.w3\.org/|schema\.org|purl\.org|xmlns\.)")


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, _SHAPE)


def expect(source: SourceText, place: Place) -> Result:
    """Whether the other address works cannot be known without asking the site: a question."""
    if place.quote.startswith("https://") or _NAMES.match(place.quote):
        return passed()
    better = place.quote.replace("http://", "https://", 1)
    return ask(f"Does {place.quote} also answer with https?", f"Try `{better}`. If it opens, write it so.")
