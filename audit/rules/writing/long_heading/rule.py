"""A heading is as long as a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of, plain
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A very long heading",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who jump from heading to heading listen to each one until they know whether to stay.",
    since="0.1.0",
    best_practice=True,
)

#: Characters; about fifteen words.
MOST = 100


def applies(source: SourceText) -> Iterator[Place]:
    """Headings with words."""
    for block in blocks_of(source):
        if block.kind is BlockKind.HEADING and plain(block.text):
            yield Place(block.line, plain(block.text))


def expect(source: SourceText, place: Place) -> Result:
    """Titles of works can be long; only the author knows."""
    if len(place.quote) <= MOST:
        return passed()
    return ask(
        f"This heading has {len(place.quote)} characters: “{place.quote[:70]}…”. Can it be shorter?",
        "Keep the few words by which people find the part, and begin the paragraph below with the rest.",
        characters=len(place.quote),
    )
