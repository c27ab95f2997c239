"""The little Markdown in which rules speak, taken apart once for all formats.

Messages and fixes use paragraphs, lists, fenced code, `` `code` ``, ``**strong**`` and
nothing else. What looks like HTML is text: it is what an author wrote, quoted. Every format
renders these parts in its own way and escapes by its own rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a stretch of text is set."""

    PLAIN = "plain"
    CODE = "code"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is running text."""

    items: tuple[tuple[Span, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be typed as they stand."""

    text: str
    language: str = ""


type Block = Paragraph | Listing | Code

_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})\s*([A-Za-z0-9_+-]*)[^`]*$")
_ITEM = re.compile(r"^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(\S.*)$")
_INLINE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)|\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)


def blocks(text: str) -> tuple[Block, ...]:
    """The parts of a text, in order. Never fails: what is not understood is plain text."""
    return tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def spans(text: str) -> tuple[Span, ...]:
    """One line of running text, white space collapsed outside code."""
    found: list[Span] = []
    at = 0
    for match in _INLINE.finditer(text):
        _add(found, text[at : match.start()])
        if match[2] is not None:
            code = match[2]
            # As in CommonMark: one space each side is only there to hold a backtick.
            if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
                code = code[1:-1]
            found.append(Span(code.replace("\n", " "), Style.CODE))
        else:
            found.append(Span(" ".join(match[3].split()), Style.STRONG))
        at = match.end()
    _add(found, text[at:])
    return tuple(found)


def plain(text: str) -> str:
    """The text on one line without any marks."""
    parts: list[str] = []
    for block in blocks(text):
        match block:
            case Paragraph(inner):
                parts.append("".join(span.text for span in inner))
            case Listing(items):
                parts.extend("".join(span.text for span in item) for item in items)
            case Code(code):
                parts.append(code)
    return " ".join(" ".join(parts).split())


def _add(found: list[Span], text: str) -> None:
    collapsed = re.sub(r"\s+", " ", text)
    if collapsed:
        found.append(Span(collapsed))


def _blocks(lines: list[str]) -> Iterator[Block]:
    gathered: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.match(line)
        item = _ITEM.match(line)
        if fence:
            yield from _paragraph(gathered)
            end = _closing(lines, at + 1, fence[1])
            yield Code("\n".join(lines[at + 1 : end]), fence[2])
            at = end + 1
        elif item:
            yield from _paragraph(gathered)
            at, listing = _listing(lines, at)
            yield listing
        elif line.strip():
            gathered.append(line)
            at += 1
        else:
            yield from _paragraph(gathered)
            at += 1
    yield from _paragraph(gathered)


def _closing(lines: list[str], start: int, fence: str) -> int:
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if len(line) >= len(fence) and set(line) == {fence[0]}:
            return number
    return len(lines)


def _listing(lines: list[str], at: int) -> tuple[int, Listing]:
    items: list[str] = []
    first = _ITEM.match(lines[at])
    assert first
    ordered = first[1] is not None
    while at < len(lines):
        line = lines[at]
        item = _ITEM.match(line)
        if item and (item[1] is not None) == ordered:
            items.append(item[2])
        elif line.strip() and line[:1].isspace() and not _FENCE.match(line) and not item:
            items[-1] += "\n" + line.strip()
        else:
            break
        at += 1
    return at, Listing(tuple(spans(item) for item in items), ordered)


def _paragraph(gathered: list[str]) -> Iterator[Paragraph]:
    if gathered:
        inner = spans("\n".join(gathered).strip())
        gathered.clear()
        if inner:
            yield Paragraph(inner)
