"""The last walk over rendered Markdown: marks become stamps, links and pictures are resolved.

One pass with a tokenizer; no tree is built. A block element begins on the line of the first
mark inside it, an inline element on the line of the last mark before it, and a tag of raw
HTML carries its own.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Protocol

from library_base.errors import Problem
from library_base.stamps import stamp
from library_markdown.lines import MARK, OPEN_IN_TAG, without_marks

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
_FOREIGN = ("svg", "math")
#: Elements whose end tag HTML lets an author leave out.
#: Elements of HTML and SVG that people write into a text, and that have an end.
_ELEMENTS = frozenset([
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "button", "canvas",
    "caption", "center", "cite", "code", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "div", "dl",
    "dt", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "g", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "i", "iframe", "ins", "kbd", "label", "legend", "li", "main", "map", "mark", "math",
    "menu", "meter", "nav", "noscript", "object", "ol", "optgroup", "option", "output", "p", "path", "picture",
    "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section", "select", "slot",
    "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
    "template", "text", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "var", "video"
])  # fmt: skip
_OPTIONAL_END = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "caption"]
)
_TOKEN = re.compile(
    rf"(?P<mark>{MARK.pattern})"
    r"|(?P<comment><!--.*?-->)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_OWN_MARK = re.compile(f" {OPEN_IN_TAG}(\\d+)")
_SPACES = re.compile(r"\s+")
#: The piece of an element that is not written, its words alone.
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture element needs besides its alternative. Sizes in CSS pixels."""

    src: str
    width: int | None = None
    height: int | None = None
    srcset: str = ""


class Targets(Protocol):
    """Resolves what a text links to. Problems are kept by the implementation."""

    def link(self, target: str, line: int) -> str:
        """Return the address to write for a link target; empty when the words are to stand without a link."""

    def file_note(self, target: str, words: str) -> str:
        """Return words such as ``(PDF, 1.2 MB)`` for a link to a document, or an empty string."""

    def picture(self, target: str, line: int) -> PictureFacts:
        """Return address and size for a picture."""


@dataclass(slots=True)
class _Open:
    """An element whose end tag has not come yet. ``piece`` is where its stamp will be written."""

    name: str
    piece: int
    line: int | None
    note: str = ""
    words_from: int = 0
    anchor: str | None = None
    #: A caption is written below its table and stands above it: the first line counts.
    whole_table: bool = False


@dataclass(slots=True)
class Finisher:
    """Walks over one rendered text. ``ids`` and ``problems`` are filled while it goes."""

    path: str
    source: int
    first_line: int
    targets: Targets
    ids: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _last: int = 0

    def run(self, text: str) -> str:
        """Return the finished HTML."""
        self._last = self.first_line
        position = 0
        for token in _TOKEN.finditer(text):
            if token.start() > position:
                self._pieces.append(text[position : token.start()])
            position = token.end()
            if token["mark"]:
                self._mark(int(token.group(2)))
            elif token["comment"]:
                self._pieces.append(without_marks(token["comment"]))
            elif token["end"]:
                self._end_tag(token["name"].lower())
            else:
                self._start_tag(token["name"], token["rest"])
        self._pieces.append(text[position:])
        while self._open:
            self._close(self._open.pop(), closed=False)
        return "".join(self._pieces)

    def _mark(self, line: int) -> None:
        self._last = line
        for element in reversed(self._open):
            if element.line is None or (element.whole_table and line < element.line):
                element.line = line
            elif not element.whole_table:
                break

    def _start_tag(self, name: str, rest: str) -> None:
        lower = name.lower()
        own = _OWN_MARK.search(rest)
        line: int | None = None
        if own:
            line = int(own[1])
            self._mark(line)
        elif lower in VOID or (lower in _INLINE) or (lower == "code" and not self._within("pre")):
            line = self._last
        rest = without_marks(rest) if "\ufdd1" in rest else rest
        # Only in drawings and formulas does a slash close a tag (HTML, "Start tags").
        empty = lower in VOID or (rest.endswith("/") and (lower in _FOREIGN or any(map(self._within, _FOREIGN))))
        attributes = _attributes(rest) if rest and (lower in _WATCHED or "id=" in rest) else {}
        anchor = attributes.get("id")
        if anchor and lower in VOID:
            self._id(anchor, line or self._last)
        note = ""
        if lower == "a" and "href" in attributes:
            target = html.unescape(attributes["href"] or "")
            note = target
            address = self.targets.link(target, line or self._last)
            if not address:
                # What encloses the words has no stamp; its end tag is left out as well.
                self._open.append(_Open("a", _NOWHERE, line))
                return
            rest = _rewritten(attributes, {"href": address})
        elif lower == "img" and "src" in attributes:
            rest = self._picture(attributes, line or self._last, raw=own is not None)
        elif lower in _WATCHED and "src" in attributes:
            address = self.targets.link(html.unescape(attributes["src"] or ""), line or self._last)
            rest = _rewritten(attributes, {"src": address})
        self._pieces.append(f"<{name}")
        piece = len(self._pieces)
        if empty and line is None:
            line = self._last
        self._pieces.append(stamp(self.source, line) if line is not None else "")
        self._pieces.append(f"{rest}>")
        if not empty:
            whole_table = lower == "table" or (lower == "div" and "table-region" in rest)
            self._open.append(_Open(lower, piece, line, note, len(self._pieces), anchor, whole_table))

    def _end_tag(self, name: str) -> None:
        if all(element.name != name for element in self._open):
            if name not in VOID:
                self._say(self._last, f"</{name}> closes something that was never opened.", "Delete it.")
            return
        while True:
            element = self._open.pop()
            self._close(element, closed=element.name == name)
            if element.name == name:
                break
        if element.piece != _NOWHERE:
            self._pieces.append(f"</{name}>")

    def _close(self, element: _Open, *, closed: bool) -> None:
        if element.piece == _NOWHERE:
            return
        line = element.line or self._last
        self._pieces[element.piece] = stamp(self.source, line)
        if element.anchor:
            self._id(element.anchor, line)
        if not closed and element.name not in _OPTIONAL_END:
            unknown = element.name not in _ELEMENTS and "-" not in element.name and ":" not in element.name
            said = (
                (f"“<{element.name}” does not begin any HTML, and nobody would see it.", "Write &lt; in place of <.")
                if unknown
                else (f"<{element.name}> is opened here and never closed.", f"Write </{element.name}> where it ends.")
            )
            self._say(element.line or self._last, *said)
        if element.note:
            words = "".join(self._pieces[element.words_from :])
            self._pieces.append(html.escape(self.targets.file_note(element.note, words)))

    def _picture(self, attributes: dict[str, str | None], line: int, *, raw: bool) -> str:
        facts = self.targets.picture(html.unescape(attributes["src"] or ""), line)
        changes: dict[str, str | None] = {"src": facts.src}
        if facts.width and facts.height and "width" not in attributes and "height" not in attributes:
            changes |= {"width": str(facts.width), "height": str(facts.height)}
        if facts.srcset and "srcset" not in attributes:
            changes |= {"srcset": facts.srcset, "sizes": attributes.get("sizes") or "(min-width: 48rem) 42rem, 100vw"}
        if "loading" not in attributes:
            changes["loading"] = "lazy"
        classes = (attributes.get("class") or "").split()
        if not raw and not (attributes.get("alt") or "").strip() and "decorative" not in classes:
            # Markdown writes alt="" when nothing was typed, which says "decorative". Nobody said so.
            attributes = {name: value for name, value in attributes.items() if name != "alt"}
        elif "alt" in attributes:
            changes["alt"] = _SPACES.sub(" ", html.unescape(attributes["alt"] or ""))
        return _rewritten(attributes, changes)

    def _id(self, name: str, line: int) -> None:
        if name in self.ids:
            self._say(line, f"The anchor “{name}” is used twice on this page.", "Give one of them another name.")
        self.ids[name] = line

    def _within(self, name: str) -> bool:
        return any(element.name == name for element in self._open)

    def _say(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, "", message, hint))


_WATCHED = frozenset(["a", "img", "source", "video", "audio", "track", "iframe", "embed", "object"])


def _attributes(rest: str) -> dict[str, str | None]:
    return {
        match[1].lower(): next((value for value in match.group(2, 3, 4) if value is not None), None)
        for match in _ATTRIBUTE.finditer(rest)
    }


def _rewritten(attributes: dict[str, str | None], changes: dict[str, str | None]) -> str:
    """Write attributes again; ``changes`` are plain texts, the others are still escaped."""
    escaped = {name: None if value is None else html.escape(value) for name, value in changes.items()}
    merged = attributes | escaped
    return "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in merged.items())
