"""Fenced code in Markdown, line by line, as Python-Markdown's extension reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Behind the opening marks at most the name of a language, or attributes in braces.
_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})[ ]*((?:\.?[\w#.+-]+|\{[^{}\n]*\})?)[ ]*$")


def fenced(lines: Iterable[str]) -> list[bool]:
    """For each line whether it is fenced code; the fences themselves belong to it.

    A fence that is never closed begins no code: readers see its marks, and the text behind it as text.
    """
    marks = [_FENCE.match(line) for line in lines]
    found = [False] * len(marks)
    at = 0
    while at < len(marks):
        opening = marks[at]
        end = next((n for n in range(at + 1, len(marks)) if _closes(marks[n], opening[1])), None) if opening else None
        if end is not None:
            found[at : end + 1] = [True] * (end + 1 - at)
            at = end
        at += 1
    return found


def _closes(mark: re.Match[str] | None, fence: str) -> bool:
    return mark is not None and mark[1] == fence and not mark[2]
