"""Fenced code in Markdown, line by line (CommonMark 0.31, section 4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})(.*)$")


def fenced(lines: Iterable[str]) -> Iterator[bool]:
    """For each line whether it is fenced code; the fences themselves belong to it. An open fence ends with the text."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        yield bool(fence or mark)
        if mark and not fence:
            fence = mark.group(1)
        elif mark and mark.group(1).startswith(fence) and not mark.group(2).strip():
            fence = ""
