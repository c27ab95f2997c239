"""From the text of a file to a record of its type."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from library_base.errors import Problem
from library_frontmatter.complaints import problems_of
from library_frontmatter.slips import (
    boxes,
    colour_as_remark,
    comment_without_end,
    eaten_by_comment,
    fences_inside,
    half_quoted,
    lost_cells,
    markdown_in_words,
    private_characters,
    swallowed,
    unmerged,
)
from library_frontmatter.yaml_lines import Place, read_yaml

#: Where a library's own zone is not at hand yet; Ontario's.
DEFAULT_ZONE = "America/Toronto"
#: A day and time with fractions of a second, or with a zone.
_ZONED = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_HARD_SPACE = re.compile(r"(?m)^[ \u00a0]*\u00a0[ \u00a0]*|(?<=:)[ ]*\u00a0+[ ]*(?=\S|$)")
#: What the clipboard brings along between letters, and nobody sees.
_UNSEEN = re.compile("[\ufeff\u200b\u2060]")
#: Characters that the build uses inside to carry source lines; no real text holds them.
_INTERNAL = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of every field and list item of one file.

    ``lines["title"]`` is the line of a field; ``lines.of("includes", 2)`` that of a list item.
    """

    path: str
    places: dict[Place, int] = field(default_factory=dict)

    def of(self, *place: str | int) -> int:
        """Return the line of a place, or of the nearest one around it; 1 when nothing is known."""
        while place:
            if place in self.places:
                return self.places[place]
            place = place[:-1]
        return 1

    def __getitem__(self, name: str) -> int:
        return self.of(name)

    def __contains__(self, name: str) -> bool:
        return (name,) in self.places


@dataclass(frozen=True, slots=True)
class FrontMatter[T: BaseModel]:
    """What one file says: the record, the lines of its fields, and the body.

    ``body_line`` is the file's line on which ``body`` begins. ``record`` is ``None`` when
    there were problems.
    """

    record: T | None
    lines: Lines
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def read_text[T: BaseModel](text: str, path: str, schema: type[T], zone: ZoneInfo | None = None) -> FrontMatter[T]:
    """Read a content file: front matter between two ``---`` lines, then Markdown.

    ``zone``: the library's; a time that is written with another one is that moment in it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    empty = Lines(path)
    if found := _INTERNAL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problem = Problem(
            path, line, "", "There is an invisible character here that text must not contain.", "Retype this line."
        )
        return FrontMatter(None, empty, "", 1, (problem,))
    if unfinished := unmerged(text, path):
        return FrontMatter(None, empty, "", 1, (unfinished,))
    rows = text.split("\n")
    if not rows or rows[0].rstrip() != "---":
        return FrontMatter(None, empty, "", 1, (Problem(path, 1, "", *_without_facts(rows)),))
    closing = next((number for number, row in enumerate(rows[1:], start=1) if row.rstrip() == "---"), None)
    if closing is None:
        problem = Problem(path, 1, "", "The front matter is never closed.", "Put a line --- after the last field.")
        return FrontMatter(None, empty, "", 1, (problem,))
    record, lines, problems = _validated("\n".join(rows[1:closing]), path, 2, schema, zone)
    body = "\n".join(rows[closing + 1 :])
    begins = closing + 2
    if slips := [
        *private_characters(text, path),
        *fences_inside(body, path, begins),
        *boxes(body, path, begins),
        *comment_without_end(body, path, begins),
        *lost_cells(body, path, begins),
    ]:
        record, problems = None, [*problems, *slips]
    return FrontMatter(record, lines, body, closing + 2, tuple(problems))


def _without_facts(rows: list[str]) -> tuple[str, str]:
    """What is wrong with a file whose first line is not ``---``, and how it begins."""
    first = rows[0].strip()
    missing = "The file does not begin with its facts (the front matter)."
    usual = "Begin it with a line ---, then fields such as “title: …”, then another line ---."
    marks = [number for number, row in enumerate(rows) if row.rstrip() == "---"]
    if not any(rows):
        return "The file is empty.", usual
    if not first and marks:
        return missing, "Delete the empty line at the top, so that --- is the first line."
    if first == "+++":
        return "The facts of this file are TOML, between lines +++.", "Write them as “title: …”, between lines ---."
    if re.fullmatch(r"[-–—−_*~]{1,8}", first):
        return f"The first line is “{rows[0].rstrip()}”, not ---.", "Write three hyphens there, and nothing else."
    if re.match(r"<(?:!doctype|html|head|body|\?xml)\b", first, re.IGNORECASE):
        return "This file is a web page (HTML), not Markdown.", usual
    if first.startswith("{\\rtf"):
        return "This file is RTF, as word processors save it.", "Copy its words into a text file. " + usual
    if len(marks) > 1 and all(re.match(r"[\w-]+:|\s|$", row) for row in rows[marks[0] + 1 : marks[1]]):
        return f"“{first[:60]}” comes before the facts (the front matter).", "Move it below the second line ---."
    if found := re.match(r"([\w-]+):\s+\S", first):
        return missing, f"Put a line --- above “{found[0][:-1].strip()} …” and another one below the last field."
    return missing, usual


def read_mapping[T: BaseModel](text: str, path: str, schema: type[T]) -> FrontMatter[T]:
    """Read a whole YAML file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if problem := unmerged(text, path):
        return FrontMatter(None, Lines(path), "", 1, (problem,))
    record, lines, problems = _validated(text, path, 1, schema)
    return FrontMatter(record, lines, "", 1, tuple(problems))


def _validated[T: BaseModel](
    text: str, path: str, first_line: int, schema: type[T], zone: ZoneInfo | None = None
) -> tuple[T | None, Lines, list[Problem]]:
    # A hard space, as pasted from the web, is no blank to YAML.
    text = _HARD_SPACE.sub(lambda found: " " * len(found[0]), _UNSEEN.sub("", text))
    if colours := list(colour_as_remark(text, path, first_line)):
        return None, Lines(path), colours
    reading = read_yaml(text, path, first_line)
    reading.problems.extend(eaten_by_comment(text, path, first_line))
    reading.problems.extend(swallowed(text, path, first_line))
    reading.problems.extend(half_quoted(text, path, first_line))
    lines = Lines(path, reading.lines)
    if reading.problems and reading.data is None:
        return None, lines, reading.problems
    data = {} if reading.data is None else reading.data
    if not isinstance(data, dict):
        problem = Problem(
            path, first_line, "", "The front matter is not a set of fields.", "Write fields as “name: value”."
        )
        return None, lines, [problem]
    try:
        record = schema.model_validate(_in_zone(_without_absent(data), zone))
    except ValidationError as error:
        told = {problem.line for problem in reading.problems}
        hints = " ".join(problem.hint for problem in reading.problems)
        # What follows from a slip that has been told is not told beside it.
        more = [
            problem
            for problem in problems_of(error, schema, data, path, reading.lines)
            if problem.line not in told and f" {problem.field}: " not in hints
        ]
        return None, lines, [*reading.problems, *more]
    reading.problems.extend(markdown_in_words(record, path, reading.lines))
    return (None if reading.problems else record), lines, reading.problems


def _in_zone(value: Any, zone: ZoneInfo | None) -> Any:
    """Times with ``Z`` or an offset, as editors in browsers save them, in the library's own time."""
    if isinstance(value, dict):
        return {key: _in_zone(inner, zone) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_zone(inner, zone) for inner in value]
    if isinstance(value, str) and _ZONED.match(value):
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            return value
        local = moment.astimezone(zone or ZoneInfo(DEFAULT_ZONE)) if moment.tzinfo else moment
        return local.replace(tzinfo=None, microsecond=0)
    return value


def _without_absent(value: Any) -> Any:
    """Drop fields with no value, so that ``expires:`` and ``expires: ''`` mean "left out"."""
    if isinstance(value, dict):
        kept = {key: _without_absent(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner is not None and inner != ""}
    if isinstance(value, list):
        return [_without_absent(inner) for inner in value]
    return value
