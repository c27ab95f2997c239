"""Repairs of typing slips that do not change what a text means.

Each repair takes the text of a Markdown source and gives it back mended; together they are
idempotent: mending what was mended changes nothing. What needs a decision is not mended but
asked, see :func:`questions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from audit.model.finding import Outcome
from audit.rules.writing.fake_list import rule as fake_list
from audit.rules.writing.flat_nested_list import rule as flat_nested_list
from audit.rules.writing.weekday_contradicts_date import rule as weekday
from audit.writing.blocks import BlockKind, Line, blocks_of, lines_of
from audit.writing.source import SourceText

type Repair = Callable[[SourceText], SourceText]

_HOSTS = Path(__file__).with_name("https_hosts.txt")
_PLAIN_ADDRESS = re.compile(r"\bhttp://(?P<host>[\w.-]+)(?=[/:\s)>\]\"'?#]|$)")
_FOREIGN = re.compile(r"^(?P<indent>\s*)(?:(?P<number>\d{1,2})\)|[•·‣▪●◦])(?P<space>\s+)(?=\S)")
_HEADING = re.compile(r"^(#{1,5})(?=\s*[^#\s])")


def mend(source: SourceText) -> SourceText:
    """The source with every repair made, again and again until nothing changes."""
    for _ in range(5):
        before = source.text
        for repair in REPAIRS:
            source = repair(source)
        if source.text == before:
            break
    return source


def questions(source: SourceText) -> Iterator[tuple[int, str]]:
    """What no repair may decide: the line and the question."""
    for place in weekday.applies(source):
        result = weekday.expect(source, place)
        if result.outcome is Outcome.FAILED:
            yield place.line, f"{result.message} {result.fix}"


def _with_lines(source: SourceText, lines: list[str]) -> SourceText:
    end = "\n" if source.text.endswith("\n") else ""
    return replace(source, text="\n".join(lines) + end)


def _code(source: SourceText) -> set[int]:
    """Numbers of the lines that are code or comments: nothing is mended there."""
    indented = {line.number for block in blocks_of(source) if block.kind is BlockKind.CODE for line in block.lines}
    return indented | {line.number for line in lines_of(source) if line.raw.strip() and line.text != line.raw}


def trailing_spaces(source: SourceText) -> SourceText:
    """Spaces at the end of lines go; two of them before another line are a line break and stay."""
    lines = list(source.lines)
    untouched = _code(source)
    for index, line in enumerate(lines):
        if index + 1 in untouched:
            continue
        bare = line.rstrip()
        follows = index + 1 < len(lines) and lines[index + 1].strip() and index + 1 >= source.body_start
        kept = "  " if bare and follows and len(line) - len(bare) >= 2 and line[len(bare) :].isspace() else ""
        lines[index] = bare + kept
    return _with_lines(source, lines)


def list_marks(source: SourceText) -> SourceText:
    """``1)`` becomes ``1.`` and a typed bullet ``-`` where two or more lines of a paragraph have them."""
    lines = list(source.lines)
    for place in fake_list.applies(source):
        if fake_list.expect(source, place).outcome is not Outcome.FAILED:
            continue
        for number in _lines_around(source, place.line):
            lines[number - 1] = _FOREIGN.sub(_known_mark, lines[number - 1])
    return _with_lines(source, lines)


def _known_mark(match: re.Match[str]) -> str:
    number = match.group("number")
    return f"{match.group('indent')}{f'{number}.' if number else '-'} "


def _lines_around(source: SourceText, line: int) -> list[int]:
    """The numbers of the lines of the block in which a line stands."""
    block = next(block for block in blocks_of(source) if any(each.number == line for each in block.lines))
    return [each.number for each in block.lines]


def blank_line_before_list(source: SourceText) -> SourceText:
    """An empty line goes before the first item where two or more lines of a paragraph are items."""
    before = []
    for place in fake_list.applies(source):
        first = re.match(r"\s*(?:[-*+]|\d{1,2}\.)\s", source.lines[place.line - 1])
        if first and fake_list.expect(source, place).outcome is Outcome.FAILED:
            before.append(place.line)
    lines = list(source.lines)
    for number in sorted(before, reverse=True):
        if number > 1 and lines[number - 2].strip():
            lines.insert(number - 1, "")
    return _with_lines(source, lines)


def nested_items(source: SourceText) -> SourceText:
    """Items of an inner list are indented by four spaces."""
    lines = list(source.lines)
    for place in flat_nested_list.applies(source):
        result = flat_nested_list.expect(source, place)
        if result.outcome is not Outcome.FAILED:
            continue
        shallow = int(str(result.evidence["spaces"]))
        # All following items of the same depth belong to the same inner list.
        for number in _same_list(source, place.line, shallow):
            lines[number - 1] = " " * (shallow // 4 * 4 + 4) + lines[number - 1].lstrip()
    return _with_lines(source, lines)


def _same_list(source: SourceText, line: int, depth: int) -> Iterator[int]:
    for block in blocks_of(source):
        if block.line < line:
            continue
        if block.kind is not BlockKind.ITEM or block.depth < depth:
            return
        if block.depth == depth:
            yield block.line


def headings(source: SourceText) -> SourceText:
    """Where the text begins with a heading of the first level, every heading goes down by one.

    Where one comes later, only those of the first level go down: the others fit below the title as they are.
    """
    found = [block for block in blocks_of(source) if block.kind is BlockKind.HEADING]
    if not any(block.level == 1 for block in found) or any(block.level == 6 for block in found):
        return source
    lines = list(source.lines)
    from_the_start = found[0].level == 1
    for block in found:
        if block.level > 1 and not from_the_start:
            continue
        lines[block.line - 1] = _HEADING.sub(lambda match: match.group(1) + "#", lines[block.line - 1])
    return _with_lines(source, lines)


@cache
def https_hosts() -> frozenset[str]:
    """Hosts that are known to answer to https."""
    rows = _HOSTS.read_text(encoding="utf-8").splitlines()
    return frozenset(row.strip() for row in rows if row.strip() and not row.startswith("#"))


def secure_addresses(source: SourceText) -> SourceText:
    """``http://`` becomes ``https://`` for hosts that are known to answer to it."""
    lines = list(source.lines)
    for line in lines_of(source):
        lines[line.number - 1] = _secure(line)
    return _with_lines(source, lines)


def _secure(line: Line) -> str:
    def better(match: re.Match[str]) -> str:
        host = match.group("host").casefold()
        known = any(host == each or host.endswith(f".{each}") for each in https_hosts())
        # Code is masked in ``text``: what differs there must not be touched.
        shown = line.text[match.start() : match.end()] == match.group(0)
        return match.group(0).replace("http://", "https://", 1) if known and shown else match.group(0)

    return _PLAIN_ADDRESS.sub(better, line.raw)


REPAIRS: tuple[Repair, ...] = (
    trailing_spaces,
    list_marks,
    blank_line_before_list,
    nested_items,
    headings,
    secure_addresses,
)
