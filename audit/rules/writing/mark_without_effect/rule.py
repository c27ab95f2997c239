"""Marks of Markdown, or of another system, that have no effect here and that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Mark without effect",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Readers see brackets and stars, screen readers spell them, and the link or the emphasis that was meant is missing.",
    since="0.1.0",
    best_practice=True,
)

_ADDRESS = r"(?:https?://|mailto:|tel:|/|\.\./|\{(?:filename|static)\})"


@dataclass(frozen=True, slots=True)
class _Mark:
    """``pattern``: how it stands in a line; ``said``: what is wrong; ``fix``: with the pattern's groups."""

    pattern: re.Pattern[str]
    said: str
    fix: str


_MARKS = (
    _Mark(
        re.compile(rf"(?<![!\\])\[(?P<words>[^\[\]]+)\]\s+\((?P<to>{_ADDRESS}[^()\s]*)\)"),
        "is no link: there is a blank between the words and the address.",
        "Take the blank out: `[{words}]({to})`.",
    ),
    _Mark(
        re.compile(rf"\((?P<words>[^()]+)\)\[(?P<to>{_ADDRESS}[^\[\]\s]*)\]"),
        "is no link: the brackets are the wrong way round.",
        "Write `[{words}]({to})`.",
    ),
    _Mark(
        re.compile(rf"(?<!\\)\[(?P<words>[^\[\]]+)\]\((?P<to>{_ADDRESS}[^()\s]*)(?=\s|$)(?![^()]*\))"),
        "is no link: the bracket after the address is missing.",
        "Write `[{words}]({to})`.",
    ),
    _Mark(
        re.compile(r"(?<![*\\\w])\*\*[ \t]+(?P<words>\w[^*\n]*?)[ \t]+\*\*(?![*\w])"),
        "is not bold: blanks stand inside the stars.",
        "Write `**{words}**`.",
    ),
    _Mark(
        re.compile(r"(?<!\\)\[\[(?P<words>[^\[\]|]+)(?:\|[^\[\]]*)?\]\](?!\()"),
        "is no link: links in double brackets belong to another system.",
        "Write the words of the link, and behind them where it leads: `[words](address)`.",
    ),
    _Mark(
        re.compile(r"\[\^(?P<words>[\w-]+)\]"),
        "is no footnote: this site has none.",
        "Write the note into the sentence, or below as a paragraph of its own.",
    ),
    _Mark(
        re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|(?<![\w\]])\[/?[a-z][a-z_-]+(?:\s+[\w-]+=(?:\"[^\"\]]*\"|'[^'\]]*'|[^\s\]]+))+\s*/?\]"),
        "is a command of another system and means nothing here.",
        "Take it out, and write what it was to show.",
    ),
)  # fmt: skip


_LINK = re.compile(r"(?<![!\\\])])\[[^\[\]]+\]\([^()\s]+\)")


def applies(source: SourceText) -> Iterator[Place]:
    """Links, and what looks like a mark that was meant to do something; code is left alone."""
    for block in blocks_of(source):
        if block.kind not in {BlockKind.CODE, BlockKind.HTML}:
            for line in block.lines:
                for pattern in (_LINK, *(mark.pattern for mark in _MARKS)):
                    for match in pattern.finditer(line.text):
                        yield Place(line.number, match.group(0), match.start() + 1)


def expect(source: SourceText, place: Place) -> Result:
    """A link is written as one, and no other mark stands in a text."""
    for mark in _MARKS:
        if match := mark.pattern.fullmatch(place.quote):
            return failed(f"“{place.quote}” {mark.said}", mark.fix.format(**match.groupdict()), quote=place.quote)
    return passed()
