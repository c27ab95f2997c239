"""How a sentence names an element of which only the HTML is at hand.

People know a picture by its file, a link by its words; only where an element has nothing
of the kind is its start tag quoted.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from posixpath import basename
from urllib.parse import unquote, urlsplit

_LONGEST = 80

_NOUNS = {
    "a": "link",
    "area": "map area",
    "audio": "recording",
    "blockquote": "quotation",
    "button": "button",
    "caption": "caption",
    "dd": "description",
    "dl": "description list",
    "dt": "term",
    "embed": "embedded object",
    "figcaption": "caption",
    "form": "form",
    "iframe": "frame",
    "img": "image",
    "input": "field",
    "label": "label",
    "li": "list item",
    "object": "embedded object",
    "ol": "list",
    "option": "choice",
    "p": "text",
    "select": "choice",
    "strong": "text",
    "summary": "fold-out",
    "svg": "drawing",
    "table": "table",
    "td": "table cell",
    "textarea": "field",
    "th": "table header",
    "ul": "list",
    "video": "video",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
_FILES = {"img", "video", "audio", "iframe", "object", "embed", "source"}
_BY_TEXT = {"a", "button", "p", "strong", "li", "td", "th", "dt", "dd", "summary", "caption", "label", "figcaption"} | {
    f"h{level}" for level in range(1, 7)
}


class _First(HTMLParser):
    """The first element: its tag, attributes, and all text after it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tag = ""
        self.attributes: dict[str, str] = {}
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.tag:
            self.tag = tag
            self.attributes = {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def described(html: str) -> str:
    """The element in words, ready for the middle of a sentence: ``the link “Read more”``."""
    first = _first(html)
    noun = _NOUNS.get(first.tag)
    if noun is None:
        return f"the element {start_tag(html)}" if first.tag else "the page"
    text = " ".join("".join(first.parts).split())
    if first.tag in _FILES:
        file = _file(first.attributes.get("src") or first.attributes.get("data") or "")
        return f"the {noun} {_code(file)}" if file else f"the {noun} {start_tag(html)}"
    if text and first.tag in _BY_TEXT:
        return f"the {noun} “{_cut(text)}”"
    if label := first.attributes.get("aria-label", "").strip():
        return f"the {noun} “{_cut(label)}”"
    if first.tag == "a" and first.attributes.get("href"):
        return f"the link to {_code(first.attributes['href'])}"
    if name := first.attributes.get("name") or first.attributes.get("id"):
        return f"the {noun} {_code(name)}"
    return f"the {noun} {start_tag(html)}"


def _first(html: str) -> _First:
    """What is read of the HTML; a start tag that was cut off where it grew too long is closed."""
    first = _First()
    for end in ("", ">", '">', "'>"):
        first = _First()
        first.feed(html + end)
        first.close()
        if first.tag:
            break
    return first


def start_tag(html: str) -> str:
    """The start tag as inline code, cut to a readable length."""
    # Each part has one way to be read: a long tag that was cut off has no end, and would be tried in all of them.
    match = re.match(r"\s*(<[^\s>]++(?:\s++[^\s=>]++(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s>]++))?+)*+\s*+/?>)", html)
    return _code(match[1] if match else html)


def _file(address: str) -> str:
    if address.startswith("data:"):
        return ""
    path = urlsplit(address).path if "//" in address or "?" in address else address
    return unquote(basename(path.rstrip("/"))) or address


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _code(text: str) -> str:
    """Inline code that also holds backticks (CommonMark's way: more of them outside)."""
    text = _cut(" ".join(text.split()))
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    if not longest:
        return f"`{text}`"
    marks = "`" * (longest + 1)
    return f"{marks} {text} {marks}"
