"""Marks that carry line numbers through Python-Markdown.

Python-Markdown knows nothing of lines: it cuts the text into blocks and throws positions
away. So each line gets a mark right after whatever block syntax it begins with, where the
mark is plain text to the parser: ``## ⟦12⟧Heading``, ``- ⟦13⟧item``, ``| ⟦14⟧cell |``. Start
tags of raw HTML get one inside the tag. Marks are made of Unicode noncharacters, which no
text may hold, and leave the HTML again in ``library_markdown.finish``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import override

from markdown.preprocessors import Preprocessor

#: Around a mark in text, and around a mark inside a start tag.
OPEN, CLOSE, OPEN_IN_TAG = "\ufdd0", "\ufdd1", "\ufdd2"
#: Every mark of either kind; group 1 is the line.
MARK = re.compile(f'(?:{OPEN}| {OPEN_IN_TAG})(\\d+){CLOSE}(?:="[^"]*")?')

_FENCE = re.compile(r"^(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})")
_UNTOUCHED = re.compile(
    r"""^\s*(?:
        [-=_*\s]+                    # rules, underlines of headings
      | \|?[\s:|-]*-[\s:|-]*\|?      # the row of dashes in a table
      | \{:?[^}]*\}                  # attribute list of a block
      | \*?\[[^\]]+\]:.*             # link targets, abbreviations
    )$""",
    re.VERBOSE,
)
_RULE = re.compile(r"^[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*$")
_TITLED = re.compile(r'^(?P<start>\s*(?:!!!|\?\?\?\+?) ?(?P<kind>[\w\- ]*?)\s*)"(?P<title>[^"]*)"\s*$')
_UNTITLED = re.compile(r"^(?P<start>\s*!!! ?(?P<kind>[\w\-]+)(?: +[\w\-]+)*)\s*$")
_CAPTION = re.compile(r"^(?P<start>\s*Table:\s+)(?P<words>\S.*)$")
_BARE_HEADING = re.compile(r"^#{1,6}[ ]*$")
_PREFIX = re.compile(r"^\s*(?:(?:>\s?|[*+-][ ]+|\d+\.[ ]+|:[ ]+|#{1,6}[ ]*)\s*)*")
_TAG = re.compile(r"(?<!\\)<([A-Za-z][\w:.-]*)(?=[\s/>]|$)")
_OPEN_TAG = re.compile(r"<[A-Za-z][^<>]*$")
_AFTER_LINK = re.compile(r"^[^\[\]]*\](?:\([^()]*\)|\[[^\]]*\])?(?:\{[^}]*\})?")
_AFTER_TARGET = re.compile(r"^[^()]*\)(?:\{[^}]*\})?")


def mark(line: int) -> str:
    """Return the mark for a line, for use in text."""
    return f"{OPEN}{line}{CLOSE}"


def without_marks(text: str) -> str:
    """Return ``text`` as its author wrote it."""
    return MARK.sub("", text)


class LineMarks(Preprocessor):
    """Puts a mark into every line. ``first_line`` is the file's line of the text's first line."""

    first_line: int = 1
    #: What an untitled note is called, by its kind, in the language of the page.
    note_titles: Mapping[str, str]

    @override
    def run(self, lines: list[str]) -> list[str]:
        return list(self._marked(lines))

    def _marked(self, lines: list[str]) -> Iterator[str]:
        fence = ""
        fence_line = 0
        paragraph = ""
        for number, line in enumerate(lines, start=self.first_line):
            if fence:
                if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                    fence = ""
                    yield line
                else:
                    # The block as a whole begins where its fence stands.
                    yield f"{mark(fence_line)}{mark(number)}{line}"
                continue
            if opening := _FENCE.match(line):
                fence, fence_line = opening["fence"], number
                paragraph = ""
                yield line
                continue
            if not line.strip():
                paragraph = ""
                yield line
                continue
            if _CAPTION.match(line) and "|" in paragraph:
                yield ""  # otherwise the caption would be one more row of the table
            yield self._line(line, number, paragraph)
            paragraph += f"\n{line}"

    def _line(self, line: str, number: int, paragraph: str) -> str:
        if not paragraph and _RULE.match(line):
            return f"<hr {OPEN_IN_TAG}{number}{CLOSE}>"
        if _UNTOUCHED.match(line):
            return line
        if titled := _TITLED.match(line):
            return f'{titled["start"]}"{mark(number)}{titled["title"]}"'
        if untitled := _UNTITLED.match(line):
            kind = untitled["kind"].lower()
            return f'{untitled["start"]} "{mark(number)}{self.note_titles.get(kind, kind.capitalize())}"'
        if caption := _CAPTION.match(line):
            return f"{caption['start']}{mark(number)}{caption['words']}"
        if _BARE_HEADING.match(line):
            return f"{line.rstrip()} {mark(number)}"
        line = _TAG.sub(lambda tag: f"<{tag[1]} {OPEN_IN_TAG}{number}{CLOSE}", line)
        at = _place(line, paragraph)
        if at is None or not line[at:].strip() or line[at : at + 1] == "<":
            return line
        return f"{line[:at]}{mark(number)}{line[at:]}"


def _place(line: str, paragraph: str) -> int | None:
    """Where the mark goes: after the block's own syntax, outside of what must stay in one piece."""
    if _OPEN_TAG.search(paragraph):
        return line.find(">") + 1 or None
    target = paragraph.rfind("](")
    if target >= 0 and ")" not in paragraph[target:]:
        after = _AFTER_TARGET.match(line)
        return after.end() if after else None
    if paragraph.rfind("[") > paragraph.rfind("]"):
        after = _AFTER_LINK.match(line)
        return after.end() if after else None
    prefix = _PREFIX.match(line)
    at = prefix.end() if prefix else 0
    if line[at : at + 1] == "|":
        at += 1
        while line[at : at + 1] == " ":
            at += 1
    return at
