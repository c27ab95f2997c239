"""A web address that stands in the text and leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A web address without a link",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="It cannot be pressed, and a screen reader spells it out sign by sign.",
    since="0.1.0",
    best_practice=True,
)


@dataclass(frozen=True, slots=True)
class _Address(Place):
    kind: str = ""


def applies(source: SourceText) -> Iterator[Place]:
    """Every address that stands in the text, and every link."""
    for _, span in spans(source):
        if span.kind != "picture":
            yield _Address(span.line, span.target, span.column, span.kind)


def expect(source: SourceText, place: Place) -> Result:
    """Markdown makes no link of a bare address."""
    assert isinstance(place, _Address)
    if place.kind != "bare address":
        return passed()
    return failed(
        f"“{place.quote}” is only text: nobody can press it.",
        f"Write `[words that say where it leads]({place.quote})`.",
    )
