"""An item that is indented by too little to belong to the item above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import counted
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A list in a list falls flat",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="On the page all items look and sound equal, so nobody knows which belong together.",
    since="0.1.0",
)

#: Python-Markdown takes an item for a child of the one above from this indentation on.
CHILD = 4


@dataclass(frozen=True, slots=True)
class _Item(Place):
    depth: int = 0
    above: int = 0


def applies(source: SourceText) -> Iterator[Place]:
    """Every item that is indented further than the item before it."""
    for before, block in pairwise(blocks_of(source)):
        if before.kind is BlockKind.ITEM and block.kind is BlockKind.ITEM and block.depth > before.depth:
            yield _Item(block.line, block.lines[0].raw.strip(), 1, block.depth, before.depth)


def expect(source: SourceText, place: Place) -> Result:
    """Each level of a list is four columns deeper than the one above."""
    assert isinstance(place, _Item)
    if place.depth // CHILD > place.above // CHILD:
        return passed()
    return failed(
        f"“{place.quote}” is indented by {counted(place.depth, 'space', 'spaces')}, so it becomes an item of the outer list.",
        f"Indent it by {(place.above // CHILD + 1) * CHILD} spaces.",
        spaces=place.depth,
    )


def repair(source: SourceText) -> SourceText:
    """Each such item, and those of the same depth that follow, is indented by four spaces more than the level above."""
    lines = list(source.lines)
    for place in applies(source):
        assert isinstance(place, _Item)
        if place.depth // CHILD > place.above // CHILD:
            continue
        for number in _same_list(source, place.line, place.depth):
            lines[number - 1] = " " * ((place.depth // CHILD + 1) * CHILD) + lines[number - 1].lstrip()
    return source.with_lines(lines)


def _same_list(source: SourceText, line: int, depth: int) -> Iterator[int]:
    for block in blocks_of(source):
        if block.line < line:
            continue
        if block.kind is not BlockKind.ITEM or block.depth < depth:
            return
        if block.depth == depth:
            yield block.line
