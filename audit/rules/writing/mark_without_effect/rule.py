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
    covers=("contact-without-link",),
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
        re.compile(r"^\s{0,3}(?:`{3,}|~{3,}).*$"),
        "begins no lines of code: no line below closes it with the same marks, or more than a name follows them.",
        "Take it out, or close what is code with a line of the same marks and nothing else.",
    ),
    _Mark(
        re.compile(r"^:{3,}\s*(?P<words>[\w-]*).*$"),
        "is the mark of a box in another system.",
        'Write `!!! note "Good to know"`, and indent the lines of the box by four spaces.',
    ),
    _Mark(
        re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.IGNORECASE),
        "is the mark of a box in another system.",
        'Write `!!! note "Good to know"`, and indent the lines of the box by four spaces.',
    ),
    _Mark(
        re.compile(r"^\s*(?:[-*+]\s+)?\[ \](?=\s)"),
        "makes no checkbox here.",
        "Write an ordinary list: `- ` before each item.",
    ),
    _Mark(
        re.compile(r"(?<!~)~~(?P<words>[^~\s][^~\n]*)~~(?!~)"),
        "is not struck through.",
        "Take out what is no longer true, or say what is true now.",
    ),
    _Mark(
        re.compile(rf"!\s+\[(?P<words>[^\[\]]+)\]\((?P<to>(?:{_ADDRESS}|images/)[^()\s]*\.(?:png|jpe?g|svg|webp|gif))\)", re.IGNORECASE),
        "is not a picture: there is a space after the exclamation mark.",
        "Remove the space: `![{words}]({to})`.",
    ),
    _Mark(
        re.compile(r"(?<![\w:]):(?:[a-z]+_[a-z_]+|smile|smiley|heart|star|tada|warning|books?|wave|phone|email|thumbsup|rocket):(?![\w:])"),
        "is shown as it is written: names between colons do not become pictures here.",
        "Take it out, or write a word in its place.",
    ),
    _Mark(
        re.compile(r"(?<![=\w])==(?P<words>[^=\s][^=\n]*)==(?![=\w])"),
        "is not highlighted.",
        "Write `**{words}**`.",
    ),
    _Mark(
        re.compile(r"(?<![)\]\\!])\[(?P<to>(?:https?://|mailto:|tel:)[^\[\]\s]+)\](?![(\[:])"),
        "is not a link: only an address is there.",
        "Write the words of the link before it: `[words]({to})`.",
    ),
    _Mark(
        re.compile(rf"(?<![!\\])\[(?P<words>[^\[\]]+)\]\s+\((?P<to>{_ADDRESS}[^()\s]*)\)"),
        "is not a link: there is a space between the words and the address.",
        "Remove the space: `[{words}]({to})`.",
    ),
    _Mark(
        re.compile(rf"\((?P<words>[^()]+)\)\[(?P<to>{_ADDRESS}[^\[\]\s]*)\]"),
        "is not a link: the brackets are the wrong way around.",
        "Write `[{words}]({to})`.",
    ),
    _Mark(
        re.compile(rf"(?<!\\)\[(?P<words>[^\[\]]+)\]\((?P<to>{_ADDRESS}[^()\s]*)(?=\s|$)(?![^()]*\))"),
        "is not a link: the bracket after the address is missing.",
        "Write `[{words}]({to})`.",
    ),
    _Mark(
        re.compile(r"(?<![*\\\w])\*\*[ \t]+(?P<words>\w[^*\n]*?)[ \t]+\*\*(?![*\w])"),
        "is not bold: there are spaces inside the stars.",
        "Write `**{words}**`.",
    ),
    _Mark(
        re.compile(r"(?<!\\)\[\[(?P<words>[^\[\]|]+)(?:\|[^\[\]]*)?\]\](?!\()"),
        "is not a link: links in double brackets belong to another system.",
        "Write the words of the link, and after them where it leads: `[words](address)`.",
    ),
    _Mark(
        re.compile(r"\[\^(?P<words>[\w-]+)\]"),
        "is not a footnote: this site has none.",
        "Write the note into the sentence, or below as a paragraph of its own.",
    ),
    _Mark(
        re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|(?<![\w\]])\[/?[a-z][a-z_-]+(?:\s+[\w-]+=(?:\"[^\"\]]*\"|'[^'\]]*'|[^\s\]]+))+\s*/?\]"),
        "is a command of another system and means nothing here.",
        "Take it out, and write what it was to show.",
    ),
)  # fmt: skip


_LINK = re.compile(r"(?<![!\\\])])\[[^\[\]]+\]\([^()\s]+\)")


#: Stars that begin bold words; a block in which they do not come in pairs has some that end nowhere.
_STARS = re.compile(r"(?<!\\)\*\*(?!\*)")
_OPEN_STARS = _Mark(
    re.compile(r"(?<![*\\\w])\*\*(?=[^\s*])(?P<words>[^*]*)$"),
    "is not bold: no stars end it.",
    "Write two stars after the words too: `**{words}**`.",
)


@dataclass(frozen=True, slots=True)
class _Meant(Place):
    """``mark``: the one that has no effect; ``None`` for a link that works. ``fix``: what to do."""

    mark: _Mark | None = None
    fix: str = ""


def applies(source: SourceText) -> Iterator[Place]:
    """Links, and what looks like a mark that was meant to do something; code is left alone."""
    for block in blocks_of(source):
        if block.kind in {BlockKind.CODE, BlockKind.HTML}:
            continue
        unpaired = sum(len(_STARS.findall(line.text)) for line in block.lines) % 2
        for line in block.lines:
            for match in _LINK.finditer(line.text):
                yield _Meant(line.number, match[0], match.start() + 1)
            for mark in (*_MARKS, *([_OPEN_STARS] if unpaired else [])):
                for match in mark.pattern.finditer(line.text):
                    fix = mark.fix.format(**match.groupdict())
                    yield _Meant(line.number, match[0].strip(), match.start() + 1, mark, fix)


def expect(_source: SourceText, place: Place) -> Result:
    """A link is written as one, and no other mark stands in a text."""
    assert isinstance(place, _Meant)
    if place.mark is None:
        return passed()
    return failed(f"“{place.quote}” {place.mark.said}", place.fix, quote=place.quote)
