"""The blocks and spans of a Markdown body, as Python-Markdown's dialect reads them.

This is no renderer. It tells rules what an author wrote and where: headings, paragraphs,
lists, tables, quotes, boxes, raw HTML, and in them links, pictures, strong text and raw
addresses. Fenced and indented code, code spans and comments are masked, so that no rule
looks into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from audit.writing.fences import fenced
from audit.writing.source import SourceText


class BlockKind(Enum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    TABLE = "table"
    QUOTE = "quotation"
    BOX = "box"
    HTML = "raw HTML"
    CODE = "code"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its number in the file. ``text`` has code spans and comments blanked out."""

    number: int
    text: str
    raw: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    ``level`` is that of a heading (1 to 6), ``depth`` the indentation in columns. ``text`` is
    the block's own text without its mark (``##``, ``-``), lines joined by spaces.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    text: str
    level: int = 0
    depth: int = 0

    @property
    def line(self) -> int:
        """The number of the first line."""
        return self.lines[0].number


@dataclass(frozen=True, slots=True)
class Span:
    """A link, picture or raw address. ``target`` is where it leads, ``words`` its text or alternative.

    ``attributes`` is the text of an attribute list behind it (``{: .decorative }`` gives
    ``.decorative``); ``alone`` says that nothing else stands in its block.
    """

    kind: str
    words: str
    target: str
    line: int
    column: int
    raw: str
    title: str = ""
    attributes: str = ""
    alone: bool = False


_HEADING = re.compile(r"^(#{1,6})\s*(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d+\.)\s+(.*)$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HTML = re.compile(r"^\s{0,3}<(?:[a-zA-Z][\w-]*[\s/>]|/[a-zA-Z]|!--)")
_BOX = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s")
#: What a word or the number of a note stands for.
_MEANING = re.compile(r"^(?::\s|\[\^[^\]]+\]:)")
_CODE_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>(?:[^\[\]\\]|\\.|!\[[^\]]*\]\([^)]*\)|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<target><[^>]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?P<title>\"[^\"]*\"|'[^']*'))?\s*\)"
    r"(?:\{:?\s*(?P<attributes>[^}]*)\})?"
)
_ADDRESS = re.compile(r"<(?P<auto>https?://[^>\s]+|[^@\s<>]+@[^@\s<>]+\.[a-z]+)>|(?P<bare>\bhttps?://[^\s<>)\]}\"']+)")
#: A link written in HTML with what stands in it, and any other tag: the addresses there lead somewhere, or load something.
_MARKUP = re.compile(r"<a\b[^<>]*>.*?</a\s*>|</?[a-z][\w-]*(?=[\s/>])[^<>]*>", re.IGNORECASE | re.DOTALL)
#: What was meant as a link around an address: brackets the wrong way round, apart, or one missing.
_MEANT = re.compile(r"(?:\)\[|\]\s*\()$")


def _blank(match: re.Match[str]) -> str:
    """Spaces for everything but line ends, so that columns and lines stay where they are."""
    return re.sub(r"[^\n]", " ", match.group(0))


@lru_cache(maxsize=64)
def lines_of(source: SourceText) -> tuple[Line, ...]:
    """The lines of the body, code and comments blanked out (their lines stay, empty)."""
    raw = source.lines[source.body_start - 1 :]
    kept = ["" if code else line for line, code in zip(raw, fenced(raw), strict=True)]
    masked = _COMMENT.sub(_blank, "\n".join(kept))
    masked = _CODE_SPAN.sub(_blank, masked)
    return tuple(
        Line(number, text, original)
        for number, (text, original) in enumerate(
            zip(masked.split("\n") if raw else [], raw, strict=False), start=source.body_start
        )
    )


@lru_cache(maxsize=64)
def blocks_of(source: SourceText) -> tuple[Block, ...]:
    """The blocks of the body in order; list items one by one, nested ones too."""
    return tuple(_blocks(list(lines_of(source))))


def _blocks(lines: list[Line]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if not lines[at].text.strip():
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].text.strip():
            end += 1
        yield from _group(lines[at:end], _after_list(lines, at))
        at = end


def _after_list(lines: list[Line], at: int) -> bool:
    """Whether indented lines here continue a list, box, definition or note (then they are no code)."""
    at_margin = False
    for line in reversed(lines[:at]):
        if at_margin and not line.text.strip():
            return False
        if line.text.strip() and not line.text.startswith((" ", "\t")):
            at_margin = True  # an item may go on in lines that are not indented
            if _ITEM.match(line.text) or _BOX.match(line.text) or _MEANING.match(line.text):
                return True
    return False


def _group(group: list[Line], inside: bool) -> Iterator[Block]:
    """The blocks of a run of lines without a blank line in it."""
    first = group[0].text
    if first.startswith(("    ", "\t")) and not inside:
        yield Block(BlockKind.CODE, tuple(group), "")
        return
    if _HTML.match(first):
        yield Block(BlockKind.HTML, tuple(group), " ".join(line.text.strip() for line in group))
        return
    if len(group) > 1 and "|" in first and _TABLE_RULE.match(group[1].text):
        yield Block(BlockKind.TABLE, tuple(group), "")
        return
    start = 0
    for index, line in enumerate(group):
        heading = _HEADING.match(line.text)
        if heading and not line.text.startswith(" "):
            yield from _flow(group[start:index])
            yield Block(BlockKind.HEADING, (line,), heading.group(2), level=len(heading.group(1)))
            start = index + 1
    yield from _flow(group[start:])


def _flow(group: list[Line]) -> Iterator[Block]:
    """Paragraph, quotation, box, definition, or the items of a list."""
    if not group:
        return
    first = group[0].text
    depth = len(first) - len(first.lstrip())
    if _ITEM.match(first):
        yield from _items(group)
    elif _BOX.match(first):
        yield Block(BlockKind.BOX, (group[0],), first.strip(), depth=depth)
        if group[1:]:
            yield from _flow(group[1:])
    elif first.lstrip().startswith(">"):
        yield Block(BlockKind.QUOTE, tuple(group), " ".join(line.text.strip().lstrip("> ") for line in group))
    elif len(group) > 1 and group[1].text.startswith(":   "):
        yield Block(BlockKind.DEFINITION, tuple(group), " ".join(line.text.strip(": ") for line in group))
    else:
        yield Block(BlockKind.PARAGRAPH, tuple(group), " ".join(line.text.strip() for line in group), depth=depth)


def _items(group: list[Line]) -> Iterator[Block]:
    at = 0
    while at < len(group):
        match = _ITEM.match(group[at].text)
        end = at + 1
        while end < len(group) and not _ITEM.match(group[end].text):
            end += 1
        words = [match.group(2)] if match else [group[at].text.strip()]
        words += [line.text.strip() for line in group[at + 1 : end]]
        depth = len(match.group(1)) if match else 0
        yield Block(BlockKind.ITEM, tuple(group[at:end]), " ".join(words), depth=depth)
        at = end


def spans_of(block: Block) -> Iterator[Span]:
    """Links, pictures and raw addresses of a block, in order. Pictures inside links come after the link."""
    joined = "\n".join(line.text for line in block.lines)
    starts = [0]
    for line in block.lines:
        starts.append(starts[-1] + len(line.text) + 1)

    def place(offset: int) -> tuple[int, int]:
        index = max(i for i in range(len(block.lines)) if starts[i] <= offset)
        return block.lines[index].number, offset - starts[index] + 1

    taken: list[tuple[int, int]] = []
    for match in _LINK.finditer(joined):
        taken.append(match.span())
        alone = match.group(0).strip() == joined.strip()
        yield _span(match, place(match.start()), alone)
        for inner in _LINK.finditer(match.group("words") or ""):
            if inner.group("image"):
                yield _span(inner, place(match.start("words") + inner.start()), alone)
    taken.extend(match.span() for match in _MARKUP.finditer(joined))
    for match in _ADDRESS.finditer(joined):
        if not any(start <= match.start() < end for start, end in taken) and not _MEANT.search(joined[: match.start()]):
            number, column = place(match.start())
            kind = "automatic address" if match.group("auto") else "bare address"
            target = (match.group("auto") or match.group("bare") or "").rstrip(".,;:!?")
            yield Span(kind, target, target, number, column, match.group(0))


def _span(match: re.Match[str], place: tuple[int, int], alone: bool) -> Span:
    return Span(
        "picture" if match.group("image") else "link",
        " ".join((match.group("words") or "").split()),
        match.group("target").strip("<>"),
        place[0],
        place[1],
        match.group(0),
        (match.group("title") or "").strip("\"'"),
        (match.group("attributes") or "").strip(),
        alone,
    )


def spans(source: SourceText) -> Iterator[tuple[Block, Span]]:
    """All links, pictures and raw addresses of a source, with the block that they stand in."""
    for block in blocks_of(source):
        if block.kind is not BlockKind.CODE:
            for span in spans_of(block):
                yield block, span


def plain(text: str) -> str:
    """The text of a block as it is read: link words instead of links, emphasis marks removed."""
    text = _LINK.sub(lambda match: match.group("words") or "", text)
    text = re.sub(r"\{:?[^}]*\}", "", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])", r"\1", text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
