"""A page's text in Markdown, made from the HTML of somebody else: of a Word file, or of an older website.

Nothing is made up: a picture without an alternative gets none, a table without headers keeps none. What a person
still has to do is listed with the line it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

#: Signs that mean something to Markdown; a brace may begin attributes of what stands before it.
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(r"([\\`*_\[\]>{])")
#: A break within a line, until the block that it stands in is written.
_BREAK = "\ue000"
#: A tab between words that is not behind a label.
_COLUMNS = re.compile(r"[^\s:]\t+\S")
_AS_WORDS = r"\1\\\2"
#: What would begin a heading, a list, a quotation or a rule; the digits of a number need no mark.
_STARTS = re.compile(r"^(\s*\d*)((?<=\d)\. |(?<!\d)(?:#{1,6} |[-+] |> |-{3,}$))")
#: Signs of fonts that only one machine has, and the bullets among them.
_PRIVATE = re.compile("[\ue001-\uf8ff]")
_BULLETS = str.maketrans(dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf076\uf0fc", "•"))
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
#: Elements that begin a block of their own; all others are part of a line.
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hr", "iframe", "main", "nav", "noscript", "object", "ol", "p", "pre",
    "script", "section", "style", "summary", "table", "ul", "audio", "video", "embed",
}  # fmt: skip
#: Left out, and what is said of it; an empty sentence is for what nobody misses.
_LEFT_OUT = {
    "script": "A script was left out.",
    "form": "A form was left out: say here how people reach you instead.",
    "style": "",
    "noscript": "",
}


@dataclass
class Manuscript:
    """Markdown being written. ``lines`` is the text so far; ``missing`` what to add, with its line, counted from 1.

    ``locate`` turns the address of a link or a picture into the one to write, ``describe`` an address of a picture into its
    alternative when the HTML has none.
    """

    title: str
    locate: Callable[[str], str] = str
    describe: Callable[[str], str] = lambda _source: ""
    lines: list[str] = field(default_factory=list)
    missing: list[tuple[int, str]] = field(default_factory=list)
    without_alternative: list[str] = field(default_factory=list)
    _shift: int = 0
    #: The block before was a line with tabs.
    _tabbed: bool = False

    def block(self, lines: list[str]) -> None:
        """Lines of one block, with a blank one after it."""
        lines = [each.translate(_BULLETS) for each in lines]
        if any(map(_PRIVATE.search, lines)):
            self.miss(
                "A symbol was left out here because only a special font can show it: type it again, or write what it means."
            )
        self.lines += [*(_PRIVATE.sub("", each) for each in lines), ""]

    def miss(self, sentence: str) -> None:
        """Something is missing in the block that comes next."""
        self.missing.append((len(self.lines) + 1, sentence))

    def blocks(self, holder: Any) -> None:
        """What an element holds: its blocks, and the words between them as paragraphs."""
        run: list[str] = [_escaped(holder.text)]
        for each in holder:
            if isinstance(each.tag, str) and (each.tag in _BLOCKS or _holds_blocks(each)):
                self._line(run)
                self._block(each)
                run = []
            elif isinstance(each.tag, str):
                run.append(self._span(each))
            run.append(_escaped(each.tail))
        self._line(run)

    def _line(self, parts: list[str]) -> None:
        told = "".join(parts)
        tabbed = _COLUMNS.search(told) is not None
        if tabbed and not self._tabbed:
            self.miss("Tabs set words apart here, as columns do: make a table if it is one.")
        lines = [text for part in told.split(_BREAK) if (text := " ".join(part.split()))]
        self._tabbed = tabbed if lines else self._tabbed
        # Two blanks at the end of a line are Markdown's break.
        ends = ["  "] * (len(lines) - 1) + [""]
        if lines:
            self.block([f"{_STARTS.sub(_AS_WORDS, text)}{end}" for text, end in zip(lines, ends, strict=True)])

    def _block(self, element: Any) -> None:
        name = element.tag
        if name in _LEFT_OUT:
            if _LEFT_OUT[name]:
                self.miss(_LEFT_OUT[name])
        elif name in _HEADINGS:
            self._heading(element, int(name[1]))
        elif name in {"ul", "ol"}:
            self.block(list(self._items(element, 0)))
        elif name == "table":
            self._rows(element)
        elif name == "hr":
            self.block(["---"])
        elif name == "pre":
            self.block(["```", *element.text_content().strip("\n").split("\n"), "```"])
        elif name == "blockquote":
            self._quotation(element)
        elif name in {"iframe", "embed", "object", "audio", "video"}:
            self._embedded(element)
        else:
            self.blocks(element)

    def _heading(self, element: Any, level: int) -> None:
        text = _in_one(self._inline(element))
        if not text:
            return
        if level == 1 and text.casefold() == self.title.casefold() and not self.lines:
            # The title stands in the front matter, and the page shows it.
            return
        if level == 1:
            # The page's own title is its only heading of the first level.
            self._shift = 1
        self.block([f"{'#' * min(level + self._shift, 6)} {text}"])

    def _quotation(self, element: Any) -> None:
        first = len(self.lines)
        self.blocks(element)
        quoted = self.lines[first:-1]
        self.lines[first:] = [*(f"> {line}".rstrip() for line in quoted), ""] if quoted else []

    def _embedded(self, element: Any) -> None:
        inside = [element, *element.iter("source")]
        source = next((each.get(key) for each in inside for key in ("src", "data") if each.get(key)), "")
        if not source:
            return
        words = " ".join((element.get("title") or "").split())
        self.miss(
            f"What was shown inside the page from {source} is a link now"
            + (": see that its words say where it leads." if words else ": write where it leads between the brackets.")
        )
        self.block([f"[{_escaped(words) or source}]({self.locate(source)})"])

    def _items(self, holder: Any, depth: int) -> Iterator[str]:
        for number, item in enumerate((each for each in holder if each.tag == "li"), start=1):
            mark = f"{number}." if holder.tag == "ol" else "-"
            inner = [each for each in item if each.tag in {"ul", "ol"}]
            yield f"{'    ' * depth}{mark} {_in_one(self._inline(item, without=inner))}".rstrip()
            for each in inner:
                yield from self._items(each, depth + 1)

    def _rows(self, element: Any) -> None:
        found = [[cell for cell in row if cell.tag in {"td", "th"}] for row in _own_rows(element)]
        if any(each.tag in {"table", "ul", "ol"} for row in found for cell in row for each in cell.iter()):
            self.miss("A list or a table within a cell is one line now: see that it can be understood.")
        rows = [[_in_one(self._inline(cell)) or " " for cell in row] for row in found if row]
        headed = any(cell.tag == "th" for row in found[:1] for cell in row)
        if not rows:
            return
        if len(rows) == 1 or max(len(row) for row in rows) == 1:
            for row in rows:
                self.block([" ".join(row)])
            return
        if not headed:
            self.miss("The table had no header row: see whether its first row holds the headers.")
        if any(cell.get("colspan") or cell.get("rowspan") for cell in element.iter("td", "th")):
            self.miss("The table had merged cells: write the words into each cell.")
        wide = max(len(row) for row in rows)
        written = ["| " + " | ".join([*row, *[" "] * (wide - len(row))]) + " |" for row in rows]
        self.block([written[0], "|" + " --- |" * wide, *written[1:]])

    def _inline(self, element: Any, without: list[Any] | None = None) -> str:
        parts = [_escaped(element.text)]
        for each in element:
            if isinstance(each.tag, str) and not (without and each in without):
                parts.append(self._span(each))
            parts.append(_escaped(each.tail))
        return " ".join("".join(parts).split())

    def _span(self, element: Any) -> str:
        if element.tag in _LEFT_OUT:
            return ""
        inner = self._inline(element)
        match element.tag:
            case "strong" | "b":
                return _marked("**", inner, element)
            case "em" | "i":
                return _marked("*", inner, element)
            case "a":
                return self._link(element, inner)
            case "img":
                return self._image(element)
            case "br":
                return _BREAK
            case "li" | "tr":
                # Of a list or a table within a line: what stands apart stays apart.
                later = next((True for each in element.itersiblings(preceding=True) if each.tag == element.tag), False)
                return f"; {inner}" if later else f" {inner}"
            case "td" | "th":
                return f" {inner} "
            case name:
                return f" {inner} " if name in _BLOCKS else _edged(inner, element)

    def _link(self, element: Any, inner: str) -> str:
        target = element.get("href", "")
        if not target or target.startswith("#"):
            return _edged(inner, element)
        if not _in_one(inner):
            self.miss(f"The link to {target} had no words, and was left out.")
            return ""
        if inner.startswith(("http:", "https:", "www.")):
            self.miss(f"The words of the link are its address, {target}: write where it leads.")
        return _edged(f"[{inner}]({self.locate(target)})", element)

    def _image(self, element: Any) -> str:
        source = element.get("src", "")
        if not source:
            return ""
        alternative = " ".join((element.get("alt") or "").split()) or self.describe(source)
        place = self.locate(source)
        if place.startswith(("http:", "https:", "data:", "//")):
            return self._elsewhere(element, source, alternative)
        if not alternative:
            self.miss("The picture has no alternative text: write what it shows between the square brackets.")
        return f"![{alternative.replace('[', '(').replace(']', ')')}]({place})"

    def _elsewhere(self, element: Any, source: str, alternative: str) -> str:
        """A picture whose file did not come along: a link to it, where that can be, since no page shows it from there."""
        name = source if not source.startswith("data:") else "that was inside the text"
        self.miss(f"The picture {name} did not come along: save it below content/images/ and put it here.")
        words = _escaped(alternative)
        if source.startswith("data:") or any(each.tag == "a" for each in element.iterancestors()):
            return words
        return f"[{words or PurePosixPath(urlsplit(source).path).name or source}]({self.locate(source)})"


def _own_rows(table: Any) -> list[Any]:
    """The rows of a table, without those of tables in its cells."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def words_of(element: Any) -> str:
    """The words of an element; a break parts them, as a blank does."""
    parts = [element.text or ""]
    for each in element:
        if isinstance(each.tag, str):
            parts.append(" " if each.tag == "br" else words_of(each))
        parts.append(each.tail or "")
    return "".join(parts)


def _in_one(text: str) -> str:
    """A text where Markdown takes no break, in one line."""
    return " ".join(text.replace(_BREAK, " ").split())


def _holds_blocks(element: Any) -> bool:
    return any(isinstance(each.tag, str) and each.tag in _BLOCKS for each in element.iterdescendants())


def _marked(mark: str, inner: str, element: Any) -> str:
    """Emphasis as Markdown takes it: without blanks inside, and no mark inside another of its kind."""
    if not inner or inner.startswith(("*", "![")) or element.getparent().tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return _edged(inner, element)
    return _edged(f"{mark}{inner}{mark}", element)


def _edged(written: str, element: Any) -> str:
    """What is written for an element, with the blanks that part its words from those beside it."""
    text = element.text_content()
    return f"{' ' * text[:1].isspace()}{written}{' ' * text[-1:].isspace()}"


def _escaped(text: str | None) -> str:
    """Words as Markdown: signs that would mean something are only signs, and bars do not part cells."""
    # A backslash does not take the meaning of these two away.
    plain = _ENTITY.sub("&amp;", text or "")
    return _SPECIAL.sub(r"\\\1", plain).replace("<", "&lt;").replace("|", "\\|")
