"""Lines that look like a list in the source but become one paragraph on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.writing.blocks import Block, BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="List that is not a list",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader says neither that a list begins nor how many items it has; everybody else reads a muddle.",
    since="0.1.0",
    covers=("list-in-plain-text",),
)

#: Marks that Python-Markdown takes for a list when a blank line stands before the first of them.
_MARKED = re.compile(r"^\s*(?:[-*+]|\d{1,2}\.)\s+\S")
#: Marks that it never takes for a list.
_FOREIGN = re.compile(r"^\s*(?:[•·‣▪●◦➢➤►✓✔–—]|o\t|\d{1,2}\)|[a-z]\)|\([a-z0-9]{1,2}\))\s+\S")
#: Those of them that can only be meant as a mark: a dash may belong to a sentence, a letter has no known mark.
_TYPED = re.compile(r"^(?P<indent>\s*)(?:(?P<number>\d{1,2})\)|[•·‣▪●◦➢➤►✓✔]|o\t)\s*(?=\S)")
#: What a mark is, for telling whether paragraphs one after the other have the same.
_KIND = re.compile(r"^\s*\(?(?:\d{1,2}(?P<end>[.)])|(?P<sign>\S))")


@dataclass(frozen=True, slots=True)
class _Run(Place):
    """The lines of a paragraph that look like items; ``marks`` is how they would have to begin."""

    block: Block | None = None
    count: int = 0
    foreign: bool = False


def applies(source: SourceText) -> Iterator[Place]:
    """Paragraphs with a line that begins like an item of a list."""
    for block in _joined(blocks_of(source)):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        foreign = [line for line in block.lines if _FOREIGN.match(line.text)]
        # The first line of a paragraph cannot begin with a known mark: it would be a list.
        marked = [line for line in block.lines[1:] if _MARKED.match(line.text)]
        lines = foreign or marked
        if lines:
            yield _Run(lines[0].number, lines[0].raw.strip(), 1, block, len(lines), bool(foreign))


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with paragraphs of one line that begin with the same foreign mark taken as one."""
    for kind, group in groupby(blocks, _mark_of):
        together = list(group)
        if kind and len(together) > 1:
            lines = tuple(line for block in together for line in block.lines)
            yield replace(together[0], lines=lines, text=" ".join(block.text for block in together))
        else:
            yield from together


def _mark_of(block: Block) -> str:
    """The foreign mark of a paragraph of one line; a dash may begin what somebody says, and counts for nothing."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.lines) != 1:
        return ""
    text = block.lines[0].text
    if not _TYPED.match(text) or not (found := _KIND.match(text)):
        return ""
    return found["end"] or found["sign"]


def expect(source: SourceText, place: Place) -> Result:
    """Two such lines are a list that was meant; a single one may be a dash in a sentence."""
    assert isinstance(place, _Run)
    assert place.block is not None
    if place.count == 1:
        # "Closed on holidays\n- see the list below" is prose with a dash: asked, not stated,
        # and a single typed bullet that is the whole paragraph is no list at all.
        if place.foreign and len(place.block.lines) == 1:
            return passed()
        return ask(
            f"The line “{place.quote}” begins like an item of a list, but it becomes part of the sentence before it.",
            "Is it an item? Then put an empty line before it. If it is a dash, write the sentence on one line.",
            lines=[place.block.line, place.block.lines[-1].number],
        )
    slip = "these marks do not make a list" if place.foreign else "there is no empty line before them"
    one = place.block.lines[-1].number - place.block.lines[0].number < len(place.block.lines)
    becomes = "they become one paragraph" if one else "each becomes a paragraph"
    return failed(
        f"{place.count} lines from “{place.quote}” on look like a list, but {slip}, so {becomes}.",
        f"Write it so:\n\n```\n{_mended(place.block)}\n```",
        lines=[place.block.line, place.block.lines[-1].number],
    )


def _mended(block: Block) -> str:
    """The author's own lines as a list."""
    number = 0
    rows: list[str] = []
    for line in block.lines:
        match = _MARKED.match(line.text) or _FOREIGN.match(line.text)
        text = line.raw.strip()
        if not match:
            rows.append(text)
            continue
        if rows and not rows[-1].startswith(("- ", "1. ")) and not re.match(r"\d+\. ", rows[-1]):
            rows.append("")
        ordered = re.match(r"\(?(\d{1,2})[.)]", text)
        words = re.sub(r"^(?:[-*+•·‣▪●◦➢➤►✓✔–—]|o\t|\(?\w{1,2}[.)])\s*", "", text)
        number = number + 1 if ordered else 0
        rows.append(f"{number}. {words}" if ordered else f"- {words}")
    return "\n".join(rows)


def repair(source: SourceText) -> SourceText:
    """Known marks in the place of others, and an empty line before the first item; of what is certainly a list."""
    lines = list(source.lines)
    before = []
    empty: list[int] = []
    for place in applies(source):
        assert isinstance(place, _Run)
        assert place.block is not None
        if place.count < 2:
            continue
        apart = {*range(place.block.line, place.block.lines[-1].number)} - {line.number for line in place.block.lines}
        empty.extend(apart)
        for line in place.block.lines:
            lines[line.number - 1] = _TYPED.sub(_known_mark, lines[line.number - 1])
        if _MARKED.match(lines[place.line - 1]) and place.line > 1 and lines[place.line - 2].strip():
            before.append(place.line)
    for number in sorted({*before, *empty}, reverse=True):
        # Items stand together; the first of them after an empty line.
        if number in empty:
            del lines[number - 1]
        else:
            lines.insert(number - 1, "")
    return source.with_lines(lines)


def _known_mark(match: re.Match[str]) -> str:
    return f"{match['indent']}{match['number'] + '.' if match['number'] else '-'} "
