"""A sign such as an arrow stands in the words of a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import plain, spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Arrow in the words of a link",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads the sign by its name: “hours, rightwards arrow, link”.",
    since="0.1.0",
    best_practice=True,
)

_ARROWS = re.compile(r"[\u2190-\u21ff\u27a1\u2794-\u27be\u25b6\u25ba\u2b05-\u2b07]\ufe0f?|-+>|=+>|>{2,}|^[»›]|[»›]$|>$")


def applies(source: SourceText) -> Iterator[Place]:
    """Links with words."""
    for _, span in spans(source):
        if span.kind == "link" and span.words:
            yield Place(span.line, span.words, span.column)


def expect(source: SourceText, place: Place) -> Result:
    """A sign between two names (from → to) says something; at an end it only decorates."""
    words = plain(place.quote).strip()
    found = [match for match in _ARROWS.finditer(words) if match.start() == 0 or match.end() == len(words)]
    if not found:
        return passed()
    rest = _ARROWS.sub("", words).strip()
    return failed(
        f"The link “{place.quote}” has the sign “{found[0].group(0)}” in its words.",
        f"Take it out: `[{rest}](…)`." if rest else "Say in words where the link leads.",
        sign=found[0].group(0),
    )
