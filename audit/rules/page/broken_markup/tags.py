"""The tags of a page as it was written, and where they do not fit together (HTML, "Parsing HTML documents")."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

#: Elements without an end, those whose end may be left out, and those that hold text only.
_VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "image", "img", "input"}
    | {"keygen", "link", "meta", "param", "source", "track", "wbr"}
)
_OPEN_ENDED = frozenset(
    {"html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "tr", "td", "th"}
    | {"colgroup", "caption", "rb", "rt", "rtc", "rp"}
)
_TEXT = frozenset(
    {"title", "textarea", "script", "style", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext"}
)
#: An end tag reaches no further out than these, unless it is one of a table.
_WALLS = frozenset({"table", "td", "th", "caption", "template", "object", "svg", "math"})
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"})
#: What may not hold its like.
_LONELY = frozenset({"a", "button", "form", "nobr"})
#: More on one page say nothing new.
MOST = 50


@dataclass(frozen=True, slots=True)
class Slip:
    """``kind``: ``quote`` (one is missing), ``twice`` (an attribute), ``crossed`` (``detail`` is closed before ``tag``),
    ``never`` (closed), ``within`` (its like is open), ``stray`` (an end without a start). ``line``: from 1.
    """

    kind: str
    tag: str
    line: int
    detail: str = ""


def slips(html: str) -> tuple[Slip, ...]:
    """Where the tags of a page do not fit together, in the order of its lines; what HTML lets out is none."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    return tuple(sorted(reader.found, key=lambda each: each.line)[:MOST])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Slip] = []
        self._open: list[tuple[str, int]] = []
        self._text: str | None = None
        #: Depth of drawings and formulas, in which a tag may close itself.
        self._foreign = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._text is not None:
            return
        self._attributes(tag, attrs)
        if tag in _VOID and not self._foreign:
            return
        if tag in _TEXT and not self._foreign:
            self._text = tag
            return
        if tag in _LONELY and tag in self._reachable():
            self._slip("within", tag)
        self._open.append((tag, self.getpos()[0]))
        self._foreign += tag in {"svg", "math"}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._foreign or tag in {"svg", "math"}:
            self._attributes(tag, attrs)
        else:
            # Outside of drawings the stroke at the end means nothing.
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._text is not None:
            self._text = None if tag == self._text else self._text
            return
        if tag in _VOID or tag in {"p", "html", "head", "body"}:
            return
        reachable = [name for name, _ in self._open] if tag in _OF_TABLES | {"svg", "math"} else self._reachable()
        if tag not in reachable:
            if tag not in _OPEN_ENDED and tag not in _TEXT:
                self._slip("stray", tag)
            return
        while self._open:
            name, _ = self._open.pop()
            self._foreign -= name in {"svg", "math"}
            if name == tag:
                return
            if name not in _OPEN_ENDED and not self._foreign:
                self._slip("crossed", name, tag)

    def finish(self) -> None:
        """What is open at the end and should not be."""
        for name, line in self._open:
            if name not in _OPEN_ENDED:
                self.found.append(Slip("never", name, line))

    def _reachable(self) -> list[str]:
        names: list[str] = []
        for name, _ in reversed(self._open):
            names.append(name)
            if name in _WALLS:
                break
        return names

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        seen: set[str] = set()
        for name, _ in attrs:
            if any(sign in name for sign in "\"'<"):
                self._slip("quote", tag, name[:40])
                return
            if name in seen:
                self._slip("twice", tag, name[:40])
            seen.add(name)

    def _slip(self, kind: str, tag: str, detail: str = "") -> None:
        self.found.append(Slip(kind, tag, self.getpos()[0], detail))
