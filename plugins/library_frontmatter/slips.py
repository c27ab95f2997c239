"""Slips that YAML and Markdown accept without a word, and that visitors would see.

A number after ``#`` is a comment in YAML and would vanish; a bullet pasted from Word is an empty
box in a browser; Markdown in a field that takes plain words is shown with its marks.
"""

from __future__ import annotations

import html
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
#: Before a value, YAML takes & and ! as marks of its own, and drops them with the word behind them.
_SWALLOWED = re.compile(r"^(?P<name>\s*(?:- +)?[\w-]+: +)(?P<value>[&!][^\s\"'].*)$")
#: The end written behind the beginning: 2026-12-03 10:30-11:30, which elsewhere is an offset.
_TWO_TIMES = re.compile(
    r"^\s*(?:- +)?(?P<name>[\w-]+): +(?P<day>\d{4}-\d\d-\d\d)[ T]+(?P<first>\d\d?:\d\d)\s*(?:-|–|to|à)\s*(?P<last>\d\d?:\d\d)\s*$"
)
#: Characters that fonts of Word and Symbol use for bullets and arrows (Unicode's private use area).
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_AT_BEGINNING = re.compile("^\\s*[\ue000-\uf8ff]\\s*")
#: Control characters, which no page may hold; a page break of a word processor is one.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Code: between fences, and in a line.
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)|\Z)|(?P<ticks>`+)[^`].*?(?P=ticks)", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
#: The line of hyphens below the headers of a table.
_BELOW_HEADERS = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
#: What git writes around two versions of the same lines.
#: The first line of a box.
_BOX = re.compile(r"^\s{0,3}!!!\s?(?P<kind>[\w-]+)(?P<title>.*)$")
_CONFLICT = re.compile(r"^<{7} .*?^={7}$.*?^>{7} |^(?:<{7}|>{7}) \S+$", re.DOTALL | re.MULTILINE)
#: A value that ends with a quotation mark which nothing opens; behind a digit it stands for inches.
_HALF_QUOTED = re.compile(r"^\s*(?:- +)?(?P<name>[\w-]+):\s+(?P<value>[^\s\"'\[{|>][^\"]*[^\s\d\"])\"\s*$")
_FENCE = re.compile(r"^(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})")
_MARKDOWN = re.compile(
    r"(?P<link>\[[^\]\n]+\]\([^)\n]*\)|\{(?:filename|static)\})|(?P<bold>(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*]))"
    r"|(?P<italic>(?<![\w*])\*[^\s*][^*\n]*\*(?![\w*]))|(?P<box>^\s*(?:[-*] |#{1,6} |>|```))"
    r"|(?P<tag></?(?:a|b|i|u|em|strong|span|p|br|font|div|sup|sub|small)\b[^>\n]*>)"
    r"|(?P<entity>&(?:amp|nbsp|lt|gt|quot|apos|rsquo|lsquo|ldquo|rdquo|[nm]dash|hellip|eacute|egrave|agrave|ccedil|#\d+);)",
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
                path, first_line + number, name, f"“{lost}” would be left out: what follows # is a comment.",
                f'Put the value in quotation marks: {name}: "{value}".',
            )  # fmt: skip


def colour_as_remark(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Colours without quotation marks, of which YAML makes remarks: ``main: #07384a``."""
    for number, row in enumerate(text.split("\n"), start=first_line):
        if found := re.search(
            r"(?:^\s*(?:- +)?|[{,]\s*)(?P<name>[\w-]+):\s+(?P<colour>#[0-9a-fA-F]{3,8})\s*(?=$|[,}])", row
        ):
            name, colour = found["name"], found["colour"]
            message = f"“{colour}” would be left out: what follows # is a comment."
            yield Problem(path, number, name, message, f'Put it in quotation marks: {name}: "{colour}".')


def swallowed(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Values that YAML reads as something else without a word: ``title: &Repair``, two times in one field."""
    for number, row in enumerate(text.split("\n"), start=first_line):
        if (found := _SWALLOWED.match(row)) and "](" not in row:
            name = found["name"].strip().lstrip("- ").rstrip(":")
            yield Problem(
                path, number, name, f"“{found['value']}” would be left out: {found['value'][0]} has a meaning of its own here.",
                f'Put the value in quotation marks: {name}: "{found["value"]}".',
            )  # fmt: skip
        elif found := _TWO_TIMES.match(row):
            name, day = found["name"], found["day"]
            hint = (
                f"Write starts: {day} {found['first']} and, on a line of its own, ends: {day} {found['last']}."
                if name == "starts"
                else f"Write one: {name}: {day} {found['last']}."
            )
            yield Problem(path, number, name, f"“{name}” has two times.", hint)


def half_quoted(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """A quotation mark at the end of a value, without one at its beginning."""
    for number, row in enumerate(text.split("\n"), start=first_line):
        if found := _HALF_QUOTED.match(row):
            name, value = found["name"], found["value"]
            message = f"The quotation mark at the end of “{name}” would be shown: there is none at the beginning."
            yield Problem(path, number, name, message, f'Write {name}: "{value}".')


def private_characters(text: str, path: str, first_line: int = 1) -> Iterator[Problem]:
    """Characters that only a font of Word knows, and those that nothing can show."""
    for number, row in enumerate(text.split("\n")):
        if _CONTROL.search(row):
            message = "There is an invisible control character here."
            yield Problem(path, first_line + number, "", message, "Retype this line.")
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


def unmerged(text: str, path: str) -> Problem | None:
    """Two versions of a passage, which git leaves in a file when two people have changed the same lines."""
    shown = _without_code(text)
    found = _CONFLICT.search(shown)
    return found and Problem(
        path, shown.count("\n", 0, found.start()) + 1, "", "Two versions of the same lines are here, one after the other.",
        "Keep the lines that are right, and delete the others with the marks <<<<<<<, ======= and >>>>>>>.",
    )  # fmt: skip


def _without_code(text: str) -> str:
    """The text with blanks in the place of code: each line stays where it is."""
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


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
                "Leave the marks out and begin each of its lines with four more spaces, after an empty line.",
            )  # fmt: skip
            return
        elif found:
            fence = found["fence"]


def boxes(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """Boxes (``!!! note "Title"``) whose title would vanish or stay in the text, and those that hold nothing."""
    written = body.split("\n")
    for number, row in enumerate(_without_code(body).split("\n")):
        found = _BOX.match(row)
        if not found or re.match(r" {4,}", row):
            continue
        kind, title = found["kind"], found["title"].strip()
        words = title.strip("\"“”«»„'’‘ ")
        if title and not re.fullmatch(r'"[^"]*"', title):
            yield Problem(
                path, first_line + number, "", f"The title of the box, “{words}”, is not in straight quotation marks.",
                f'Write !!! {kind} "{words}".',
            )  # fmt: skip
        below = next((each for each in written[number + 1 :] if each.strip()), "")
        if not re.match(r" {4}|\t", below):
            message = f"The box “{words or kind}” has no words in it: only lines that are indented belong to it."
            yield Problem(path, first_line + number, "", message, "Begin each line of the box with four spaces.")


def lost_cells(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """Cells of a table to the right of its last column, which Markdown leaves out."""
    rows = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), _without_code(body)).split("\n")
    columns = 0
    for number, row in enumerate(rows):
        if _BELOW_HEADERS.fullmatch(row) and number and "|" in rows[number - 1]:
            columns, headers = len(_cells(row)), len(_cells(rows[number - 1]))
            if columns < headers:
                message = f"This line divides {columns} column{'s' if columns > 1 else ''}, and there are {headers} headers above it."
                yield Problem(path, first_line + number, "", message, f"Write |{'---|' * headers}.")
                columns = 0
        elif "|" not in row:
            columns = 0
        elif columns and (lost := [cell for cell in _cells(row)[columns:] if cell]):
            yield Problem(
                path, first_line + number, "",
                f"“{lost[0]}” would be left out: this row has {len(_cells(row))} cells, and the table {columns} columns.",
                "Give the table one more header, or write the row with as many cells; \\| is a bar that divides nothing.",
            )  # fmt: skip


def _cells(row: str) -> list[str]:
    """The cells of a row, between bars that are not escaped."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", re.sub(r"^\||(?<!\\)\|$", "", row.strip()))]


def comment_without_end(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """A remark that is never closed, which readers would see."""
    shown = _without_code(body)
    if (at := shown.rfind("<!--")) >= 0 and "-->" not in shown[at:]:
        line = first_line + shown.count("\n", 0, at)
        yield Problem(
            path, line, "", "The comment that begins here with <!-- is never closed.", "Write --> where it ends."
        )


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
            else f"Write the sign itself: {html.unescape(found[0])}."
            if found["entity"] and html.unescape(found[0]).strip()
            else "Write the words alone, without the marks."
        )
        message = f"“{found[0].strip()}” in “{named}” would be shown with its marks: this field takes plain words."
        yield Problem(path, lines.get(at, 1), str(place[0]), message, hint)
