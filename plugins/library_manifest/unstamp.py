"""Takes the stamps out of a finished page and counts its elements in one linear pass.

The count must agree with ``document.querySelectorAll("*")`` in a browser with scripting on:
what stands in ``<noscript>``, ``<script>``, ``<template>`` and the like is text or another
document there, and ``<tbody>`` exists in every table even if nobody wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from library_base.stamps import CLOSE, OPEN

#: Comments, start tags, and the end tags that matter for counting; groups: name of an end tag,
#: name and rest of a start tag. Each alternative begins with ``<``, which is looked for quickly.
_TAG = re.compile(
    r"<(?:!--.*?-->"
    r"|/(table|thead|tbody|tfoot|tr|td|th|col|colgroup|caption|svg|math)(?![a-zA-Z0-9-])[^<>]*>"
    r"|([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>)",
    re.DOTALL,
)
_STAMP = re.compile(f"{OPEN}\\d+:\\d+{CLOSE}")
#: Excuses that authors write beside a thing are for the gate, not for visitors.
_EXCUSE = re.compile(r"<!--\s*stepfree:.*?-->[ \t]*\n?", re.DOTALL)
_LEFT_OVER = re.compile("[\ufdd0-\ufdef]")
#: Elements whose content makes no elements of the document.
_OPAQUE = frozenset(
    ["script", "style", "textarea", "title", "noscript", "template", "iframe", "xmp", "noembed", "noframes"]
)
_STRUCTURE = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup", "caption"])
_FOREIGN = frozenset(["svg", "math"])
_SPECIAL = _OPAQUE | _STRUCTURE | _FOREIGN
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _OPAQUE}
_SECTIONS = ("thead", "tbody", "tfoot")
#: What may be open in a table when an element of it begins; everything below is closed by it.
_PARENTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("caption", "colgroup", *_SECTIONS), ("table",)),
    "col": ("table", "colgroup"),
    "tr": ("table", *_SECTIONS),
    "td": ("table", *_SECTIONS, "tr"),
    "th": ("table", *_SECTIONS, "tr"),
}
#: (what is open, what begins) → what a browser opens in between.
_MISSING: dict[tuple[str, str], str] = {
    ("table", "tr"): "tbody",
    ("table", "td"): "tbody",
    ("table", "th"): "tbody",
    **{(section, cell): "tr" for section in _SECTIONS for cell in ("td", "th")},
    ("table", "col"): "colgroup",
}


@dataclass(frozen=True, slots=True)
class Unstamped:
    """A page as it is published, its number of elements, and where they come from.

    ``runs`` holds ``(first ordinal, number of the source, line)``; a run lasts until the next.
    """

    html: str
    count: int
    runs: tuple[tuple[int, int, int], ...]


def unstamp(stamped: str) -> Unstamped:
    """Return the page without stamps, and what they said."""
    runs: list[tuple[int, int, int]] = []
    last = ""
    ordinal = 0
    position = 0
    foreign = 0
    tables: list[str] = []
    search = _TAG.search
    # Some 130,000 tags in a site of 500 pages: what is not needed for each of them is not done here.
    while token := search(stamped, position):
        position = token.end()
        closed, name, rest = token.groups()
        if name is None:
            if closed in _FOREIGN:
                foreign -= 1
            elif closed:
                _close(tables, closed)
            continue
        special = name in _SPECIAL
        if special:
            if name in _STRUCTURE:
                ordinal += _implied(tables, name)
            elif name in _FOREIGN and not rest.endswith("/"):
                foreign += 1
        at = rest.rfind(OPEN)
        if at >= 0:
            found = rest[at + 1 : rest.index(CLOSE, at)]
            if found != last:
                last = found
                source, _, line = found.partition(":")
                runs.append((ordinal, int(source), int(line)))
        ordinal += 1
        if special and name in _OPAQUE and not (foreign and name == "title"):
            end = _ENDS[name].search(stamped, position)
            position = end.start() if end else len(stamped)
    html = _EXCUSE.sub("", _STAMP.sub("", stamped.replace(f" {OPEN}", OPEN)))
    if left := _LEFT_OVER.search(html):
        raise AssertionError(
            f"an inner mark was left in a page near “{html[max(0, left.start() - 60) : left.end() + 20]}”"
        )
    return Unstamped(html, ordinal, tuple(runs))


def _close(tables: list[str], name: str) -> None:
    """Follow the end of a part of a table."""
    if name in tables:
        while tables.pop() != name:
            pass


def _implied(tables: list[str], name: str) -> int:
    """Follow the structure of tables; return how many elements a browser adds before this start tag."""
    if name == "table":
        tables.append(name)
        return 0
    if "table" not in tables:
        return 0
    _back_to(tables, _PARENTS[name])
    # Each step is one element that the author left out (HTML, "in table" insertion modes).
    added = 0
    while (missing := _MISSING.get((tables[-1], name))) is not None:
        tables.append(missing)
        added += 1
    if name != "col":
        tables.append(name)
    return added


def _back_to(tables: list[str], names: tuple[str, ...]) -> None:
    while tables[-1] not in names:
        tables.pop()
