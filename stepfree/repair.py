"""Repairs of typing slips that do not change what a text means.

A rule carries the repair of what it finds; here they are collected, with those of slips that no rule
looks for. Together they are idempotent: mending what was mended changes nothing. What needs a decision is
not mended but asked, see :func:`questions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.model.finding import Family, Outcome
from audit.rules import LoadedRule, load
from audit.writing.blocks import BlockKind, blocks_of, lines_of
from audit.writing.source import SourceText

type Repair = Callable[[SourceText], SourceText]


def mend(source: SourceText, packs: tuple[str, ...] = ()) -> SourceText:
    """The source with every repair made, again and again until nothing changes. ``packs``: further rules.

    Raises:
        UsageError: a pack cannot be loaded.
    """
    repairs = (trailing_spaces, *(rule.repair for rule in _rules(packs) if rule.repair is not None))
    for _ in range(5):
        before = source.text
        for repair in repairs:
            source = repair(source)
        if source.text == before:
            break
    return source


def questions(source: SourceText, packs: tuple[str, ...] = ()) -> Iterator[tuple[int, str]]:
    """What no repair may decide: the line and the question. Raises as :func:`mend`."""
    for rule in _rules(packs):
        for place in rule.applies(source) if rule.rule.slip else ():
            result = rule.expect(source, place)
            if result.outcome is Outcome.FAILED:
                yield place.line, f"{result.message} {result.fix}"


def _rules(packs: tuple[str, ...]) -> tuple[LoadedRule, ...]:
    return tuple(rule for rule in load(packs).values() if rule.rule.family is Family.WRITING)


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
    return source.with_lines(lines)
