"""A heading that is more than one level below the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A heading level is skipped",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="People who move by headings look for the level that is missing and think that they have overlooked a part.",
    since="0.1.0",
    axe=("heading-order",),
    covers=("heading-order",),
)


@dataclass(frozen=True, slots=True)
class _Heading(Place):
    level: int = 2
    above: int = 1


def applies(source: SourceText) -> Iterator[Place]:
    """Every heading, with the level of the one before it (1, the title, before the first)."""
    above = 1
    for block in blocks_of(source):
        if block.kind is BlockKind.HEADING:
            yield _Heading(block.line, block.lines[0].raw.strip(), 1, block.level, above)
            above = block.level


def expect(source: SourceText, place: Place) -> Result:
    """It goes down by one level at the most; going up any number of levels is fine."""
    assert isinstance(place, _Heading)
    if place.level <= place.above + 1:
        return passed()
    words = place.quote.lstrip("#").strip()
    before = "the title of the page" if place.above == 1 else f"a heading of level {place.above}"
    return failed(
        f"“{place.quote}” has level {place.level}, but {before} comes before it.",
        f"Write `{'#' * (place.above + 1)} {words}`.",
        level=place.level,
        above=place.above,
    )
