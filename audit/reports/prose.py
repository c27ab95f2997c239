"""The little Markdown in which rules speak, taken apart once for all formats.

Messages and fixes use paragraphs, lists, fenced code, `` `code` ``, ``**strong**`` and
nothing else. What looks like HTML is text: it is what an author wrote, quoted. Every format
renders these parts in its own way and escapes by its own rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token


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

#: Of CommonMark only what messages use: no raw HTML, no links, no escapes, so that quoted markup stays as it was.
_PARSER = MarkdownIt("zero").enable(["fence", "list", "backticks", "emphasis"])


_LANGUAGE = re.compile(r"[A-Za-z0-9_+-]+")


def blocks(text: str) -> tuple[Block, ...]:
    """The parts of a text, in order. Never fails: what is not understood is plain text."""
    found: list[Block] = []
    opening = ""
    listings: list[tuple[bool, list[tuple[Span, ...]]]] = []
    for token in _PARSER.parse(text):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                listings.append((token.type == "ordered_list_open", []))
                opening = (
                    f"{token.attrGet('start') or 1}{token.markup}"
                    if token.type == "ordered_list_open"
                    else token.markup
                )
            case "bullet_list_close" | "ordered_list_close":
                ordered, items = listings.pop()
                if listings:
                    # An inner list is read on in the outer one.
                    listings[-1][1].extend(items)
                elif items:
                    found.append(Listing(tuple(items), ordered))
                else:
                    # A mark and nothing behind it is no list.
                    found.append(Paragraph((Span(opening),)))
            case "inline" if inner := _spans(token.children or ()):
                if listings:
                    listings[-1][1].append(inner)
                else:
                    found.append(Paragraph(inner))
            case "fence":
                language = _LANGUAGE.match(token.info.strip())
                found.append(Code(token.content.removesuffix("\n"), language[0] if language else ""))
            case _:
                pass
    return tuple(found)


def spans(text: str) -> tuple[Span, ...]:
    """One line of running text, white space collapsed outside code."""
    return tuple(span for token in _PARSER.parseInline(text) for span in _spans(token.children or ()))


def _spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Stretches of one style. Emphasis of one mark is none of ours: the marks are text."""
    found: list[Span] = []
    style = Style.PLAIN
    for token in tokens:
        match token.type:
            case "strong_open" if token.markup == "**":
                style = Style.STRONG
            case "strong_close" if token.markup == "**":
                style = Style.PLAIN
            case "code_inline":
                found.append(Span(token.content, Style.CODE))
            case "softbreak" | "hardbreak":
                _add(found, " ", style)
            case _:
                _add(found, token.content or token.markup, style)
    return tuple(
        Span(" ".join(each.text.split()), each.style) if each.style is Style.STRONG else each for each in found
    )


def _add(found: list[Span], text: str, style: Style) -> None:
    collapsed = re.sub(r"\s+", " ", text)
    if found and found[-1].style is style:
        collapsed = re.sub(r"\s+", " ", found.pop().text + collapsed)
    if collapsed:
        found.append(Span(collapsed, style))


def lines(text: str) -> tuple[str, ...]:
    """A line for each paragraph, each item of a list and each line of code, without any marks."""
    found: list[str] = []
    for block in blocks(text):
        match block:
            case Paragraph(inner):
                found.append(" ".join("".join(span.text for span in inner).split()))
            case Listing(items):
                found.extend(" ".join("".join(span.text for span in item).split()) for item in items)
            case Code(code):
                found.extend(code.splitlines())
    return tuple(line for line in found if line.strip())


def plain(text: str) -> str:
    """The text on one line without any marks."""
    return " ".join(" ".join(lines(text)).split())
