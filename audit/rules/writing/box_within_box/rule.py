"""A box that folds up holds another one."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Something to unfold inside something folded",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="What is folded up twice is found by nobody who does not already know that it is there.",
    since="0.1.0",
    best_practice=True,
)


def applies(source: SourceText) -> Iterator[Place]:
    """Boxes that fold up, each with its depth as the column."""
    for block in blocks_of(source):
        if block.kind is BlockKind.BOX and block.text.startswith("???"):
            yield Place(block.line, block.text, block.depth + 1)


def expect(source: SourceText, place: Place) -> Result:
    """One that begins further right stands inside another."""
    if place.column < 5:
        return passed()
    return ask(
        f"“{place.quote}” is inside another box that folds up. Will anybody find it?",
        "Put it beside the other one, or show it at once under a heading.",
    )
