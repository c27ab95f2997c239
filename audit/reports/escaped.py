"""Text of strangers put into GitHub's Markdown so that it stays text.

A page's words, a file's name or a report from a fork may hold Markdown, HTML, mentions, issue
numbers, commands of GitHub's runner, control characters or marks that turn the direction of
reading. :func:`words` makes them harmless and still readable; :func:`fit` keeps a text within
a limit without ever cutting a piece in two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.reports.markup import shown

_MARKS = re.compile(r"[\\`*_\[\]<>#|~&$@]")
_ENTITY = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", "#": "&#35;", "$": "&#36;"}

# GitHub links what only looks like a name, a number, an address or a commit, after Markdown is
# done, so escaping does not help. A space without width between its parts does.
_APART = "\u200b"
_LINKED = re.compile(
    r"(?<=[@#])(?=[\w/-])|(?<=\bGH-)(?=\d)|(?<=\bhttp)(?=:)|(?<=\bhttps)(?=:)|(?<=\bftp)(?=:)|(?<=\bmailto)(?=:)"
    r"|(?<=\bxmpp)(?=:)|(?<=\bwww)(?=\.)|(?<=:)(?=[\w+-]+:)",
    re.IGNORECASE,
)
_NOTE = 500
_COMMIT = re.compile(r"\b[0-9a-f]{7,64}\b")
_BEGINNING = re.compile(r"\A(\d{0,9})([-+=.)])")


def words(text: str) -> str:
    """Running text on one line: every mark escaped, nothing linked, nobody mentioned."""
    line = " ".join(shown(text).split())
    line = _LINKED.sub(_APART, line)
    line = _COMMIT.sub(lambda match: match[0][:4] + _APART + match[0][4:], line)
    line = _MARKS.sub(lambda match: _ENTITY.get(match[0], f"\\{match[0]}"), line)
    # What would begin a list, or underline the line above as a heading.
    return _BEGINNING.sub(lambda match: f"{match[1]}\\{match[2]}", line)


def code(text: str) -> str:
    """Inline code on one line; backticks inside make the marks longer."""
    line = " ".join(shown(text).split()) or " "
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    marks = "`" * (longest + 1)
    # A pipe would end a table's cell even inside code; a space keeps backticks apart.
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{marks}{pad}{line}{pad}{marks}"


def fenced(text: str, language: str = "") -> str:
    """A block of code whose fence is longer than any inside."""
    body = "\n".join(shown(line.replace("\r", "")) for line in text.split("\n"))
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    marks = "`" * max(3, longest + 1)
    name = language if re.fullmatch(r"[A-Za-z0-9_+-]{1,20}", language) else ""
    return f"{marks}{name}\n{body}\n{marks}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that is kept or left out whole; ``findings`` says how many it tells of."""

    text: str
    findings: int = 0


def fit(head: Sequence[str], body: Sequence[Piece], tail: Sequence[str], limit: int, rest: str) -> str:
    """Head and tail whole, and as much of the body as fits below ``limit`` bytes of UTF-8.

    Pieces are taken whole, in order; when some are left out, a sentence says how many findings
    they hold, and ``rest`` where to read them. A head that alone is too long loses its end, by
    pieces.
    """
    if _size(head) + _size(tail) + _NOTE > limit:
        head, tail = _whole(head, limit - _NOTE), ()
    ends = _size(head) + _size(tail)
    texts = [piece.text for piece in body]
    if ends + _size(texts) <= limit:
        return "".join((*head, *texts, *tail))
    kept = _whole(texts, limit - ends - _NOTE)
    left = sum(piece.findings for piece in body[len(kept) :])
    note = f"\n**Left out here, because there is no more room: {left:,} findings.** {words(rest)}\n"
    return "".join((*head, *kept, note, *tail))


def _whole(parts: Sequence[str], limit: int) -> Sequence[str]:
    used = 0
    for number, part in enumerate(parts):
        used += _size((part,))
        if used > limit:
            return parts[:number]
    return parts


def _size(parts: Sequence[str]) -> int:
    return sum(len(part.encode("utf-8", "replace")) for part in parts)
