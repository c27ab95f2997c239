"""Two parts of the same depth have the same heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of, plain
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Two headings with the same words",
    family=Family.WRITING,
    requirements=Requirements(wcag=("2.4.6",)),
    fixer=Fixer.AUTHOR,
    why="In a list of headings nobody can tell which of the two is meant.",
    since="0.1.0",
)


@dataclass(frozen=True, slots=True)
class _Heading(Place):
    first: int = 0


def applies(source: SourceText) -> Iterator[Place]:
    """Headings with words, each with the line on which the same words stood first below the same heading."""
    above: dict[int, str] = {}
    seen: dict[tuple[str, ...], int] = {}
    for block in blocks_of(source):
        words = plain(block.text)
        if block.kind is not BlockKind.HEADING or not words:
            continue
        above = {level: text for level, text in above.items() if level < block.level}
        path = (*above.values(), words.casefold())
        above[block.level] = words.casefold()
        yield _Heading(block.line, words, 1, seen.setdefault(path, block.line))


def expect(source: SourceText, place: Place) -> Result:
    """ "Hours" below each of two branches is told apart by the heading above; twice in one part it is not."""
    assert isinstance(place, _Heading)
    if place.first == place.line:
        return passed()
    return ask(
        f"The heading “{place.quote}” is here and on line {place.first}. Which part is which?",
        "Say in each heading what its part is about, or join the two parts.",
        first=place.first,
    )
