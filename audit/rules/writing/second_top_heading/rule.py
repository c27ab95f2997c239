"""A heading of the first level in the text, beside the title of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import BlockKind, blocks_of, plain
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A second main heading",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="People who move by headings take it for the beginning of another page.",
    since="0.1.0",
)

_MARKS = re.compile(r"^(#{1,5})(?=\s*[^#\s])")


def applies(source: SourceText) -> Iterator[Place]:
    """Every heading of the text."""
    for block in blocks_of(source):
        if block.kind is BlockKind.HEADING:
            yield Place(block.line, block.lines[0].raw.strip())


def expect(source: SourceText, place: Place) -> Result:
    """It has two number signs at least: the title in the front matter is the first level."""
    if place.quote.startswith("##"):
        return passed()
    words = plain(place.quote.lstrip("#").strip())
    return failed(
        f"“{place.quote}” is a second main heading; the title of the page is the first.",
        f"Write `## {words}`, and one number sign more for each heading below it.",
    )


def repair(source: SourceText) -> SourceText:
    """Where the text begins with a heading of the first level, every heading goes down by one.

    Where one comes later, only those of the first level go down: the others fit below the title as they are.
    """
    found = [block for block in blocks_of(source) if block.kind is BlockKind.HEADING]
    if not any(block.level == 1 for block in found) or any(block.level == 6 for block in found):
        return source
    lines = list(source.lines)
    from_the_start = found[0].level == 1
    for block in found:
        if block.level == 1 or from_the_start:
            lines[block.line - 1] = _MARKS.sub(r"\1#", lines[block.line - 1])
    return source.with_lines(lines)
