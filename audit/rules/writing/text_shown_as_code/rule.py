"""Sentences that are indented by four spaces, which Markdown takes for the code of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from audit.model.finding import Family, Fixer, Outcome, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.writing.blocks import Block, BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Sentences that are shown as code",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="They are set in the letters of a typewriter, run off the side of a phone, and are announced as code; links and bold text in them do not work.",
    since="0.1.0",
)

#: Marks that sentences hardly have, and programs, settings and commands do.
_OF_CODE = re.compile(
    r"[{}<>=;$\\|`_~^]|\w\(|\]:|^\s*(?:#|//|- \w+:|[a-z_]+:\s|\w+:\s*$)|\s--?[a-z]|[a-z]\.[a-z]+\(", re.MULTILINE
)
_LINK = re.compile(r"!?\[[^\]]*\]\([^)\s]*\)")
_WORD = re.compile(r"[(“\"'‘«]*\w[\w’'-]*[)”\"'’».,:!?…]*")
#: A sentence has at least this many words, and so has a line of prose.
WORDS = 4


@dataclass(frozen=True, slots=True)
class _Code(Place):
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def applies(source: SourceText) -> Iterator[Place]:
    """Each indented block that is made of words."""
    for block in blocks_of(source):
        # A comment at the margin is blanked out, and leaves a block that only seems indented.
        if block.kind is BlockKind.CODE and (lines := _indented(block)) and _of_words(" ".join(lines)):
            yield _Code(block.line, lines[0][:60], 1, lines)


def expect(_source: SourceText, place: Place) -> Result:
    """It is no sentence."""
    assert isinstance(place, _Code)
    if len(place.text.split()) < WORDS:
        return passed()
    if re.search(r"[.!?…][)”\"'’»]*$", place.text) or _LINK.search(place.text):
        return failed(
            f"“{place.quote}” is indented by four spaces, so it is shown as code.", "Remove the spaces before it."
        )
    return ask(
        f"“{place.quote}” is indented by four spaces, so it is shown as code. Is it the text of a program?",
        "If it is not, remove the spaces before it.",
    )


def repair(source: SourceText) -> SourceText:
    """Sentences start at the margin; what may be code stays."""
    lines = list(source.lines)
    for place in applies(source):
        assert isinstance(place, _Code)
        if expect(source, place).outcome is not Outcome.FAILED:
            continue
        for number in range(place.line, place.line + len(place.lines)):
            lines[number - 1] = lines[number - 1].lstrip()
    return source.with_lines(lines)


def _indented(block: Block) -> tuple[str, ...]:
    """The lines that are code: up to the first one at the margin."""
    rows = takewhile(lambda line: line.raw.startswith(("    ", "\t")), block.lines)
    return tuple(line.raw.strip() for line in rows)


def _of_words(text: str) -> bool:
    plain = _LINK.sub("link", text).replace("**", "")
    parts = plain.split()
    words = [part for part in parts if _WORD.fullmatch(part)]
    return not _OF_CODE.search(plain) and len(words) == len(parts)
