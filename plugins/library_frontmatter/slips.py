"""Slips that YAML and Markdown accept without a word, and that visitors would see.

A number after ``#`` is a comment in YAML and would vanish; a bullet pasted from Word is an empty
box in a browser; Markdown in a field that takes plain words is shown with its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from library_base.errors import Problem

type Place = tuple[str | int, ...]

#: A comment begins with ``# `` and a word; what else stands after ``#`` was meant to be read.
_EATEN = re.compile(
    r"^(?P<name>\s*(?:- +)?[\w-]+: +)(?P<value>[^\s\"'#\[{|>&*!%@`][^\"']*?)(?P<lost>\s+#(?:\s*\d|[^\s#]).*)$"
)
#: Characters that fonts of Word and Symbol use for bullets and arrows (Unicode's private use area).
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_AT_BEGINNING = re.compile("^\\s*[\ue000-\uf8ff]\\s*")
_FENCE = re.compile(r"^(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})")
_MARKDOWN = re.compile(
    r"(?P<link>\[[^\]\n]+\]\([^)\n]*\)|\{(?:filename|static)\})|(?P<bold>(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*]))"
    r"|(?P<italic>(?<![\w*])\*[^\s*][^*\n]*\*(?![\w*]))|(?P<box>^\s*(?:[-*] |#{1,6} |>|```))",
    re.MULTILINE,
)
#: Fields that hold an address or a name of a file.
_NO_WORDS = frozenset(
    ["url", "to", "from", "from_", "transcript", "file", "agenda", "minutes", "redirect_from", "template"]
)


def eaten_by_comment(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Values of which YAML would drop a part: ``title: Craft night #3``."""
    for number, row in enumerate(text.split("\n")):
        if found := _EATEN.match(row):
            value = f"{found['value']}{found['lost']}".rstrip()
            name = found["name"].strip().lstrip("- ").rstrip(":")
            lost = found["lost"].strip()
            yield Problem(
                path, first_line + number, name, f"“{lost}” would be left out: after # stands a remark.",
                f'Put the value in quotation marks: {name}: "{value}".',
            )  # fmt: skip


def private_characters(text: str, path: str, first_line: int = 1) -> Iterator[Problem]:
    """Characters that only a font of Word knows."""
    for number, row in enumerate(text.split("\n")):
        if _PRIVATE.search(row):
            bullet = _AT_BEGINNING.match(row)
            hint = (
                "For an item of a list, write a hyphen and a space instead."
                if bullet
                else "Delete it, or type it again."
            )
            yield Problem(
                path, first_line + number, "", "A character here comes from Word and shows as an empty box.", hint
            )


def fences_inside(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """Fenced code inside a list or a box, where Markdown takes it apart."""
    fence = ""
    for number, row in enumerate(body.split("\n")):
        found = _FENCE.match(row)
        if fence:
            fence = "" if found and not found["indent"] and row.rstrip().startswith(fence) else fence
        elif found and found["indent"]:
            yield Problem(
                path, first_line + number, "", "Code between ``` marks falls apart inside a list or a box.",
                "Leave the marks out and begin each of its lines with four more blanks, after an empty line.",
            )  # fmt: skip
            return
        elif found:
            fence = found["fence"]


def markdown_in_words(record: BaseModel, path: str, lines: Mapping[Place, int], place: Place = ()) -> Iterator[Problem]:
    """Fields of plain words that hold Markdown."""
    for name in type(record).model_fields:
        if name not in _NO_WORDS:
            yield from _of_value(getattr(record, name), path, lines, (*place, name))


def _of_value(value: Any, path: str, lines: Mapping[Place, int], place: Place) -> Iterator[Problem]:
    if isinstance(value, BaseModel):
        yield from markdown_in_words(value, path, lines, place)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _of_value(inner, path, lines, (*place, number))
    elif isinstance(value, str) and (found := _MARKDOWN.search(value)):
        at = place
        while at and at not in lines:
            at = at[:-1]
        named = " › ".join(str(step + 1) if isinstance(step, int) else step for step in place)
        hint = (
            "Write the words alone, and put the link into the text of the page."
            if found["link"]
            else "Write the words alone, without the marks."
        )
        message = f"“{found[0].strip()}” in “{named}” would be shown with its marks: this field takes plain words."
        yield Problem(path, lines.get(at, 1), str(place[0]), message, hint)
