"""YAML as authors write it: values as they stand, and the line of each of them.

PyYAML's own constructors follow YAML 1.1, in which ``10:30`` is the number 630, ``no`` is
false and ``0143`` is octal. Here a plain value stays the text that was typed, except for
dates and times; the schemas turn texts into what they need.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from library_base.errors import Problem

#: Place of a value in the data: ``("hours", "week", "monday")``, ``("includes", 0)``.
type Place = tuple[str | int, ...]

_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
_MOMENT = re.compile(r"^(\d{4})-(\d\d)-(\d\d)[T ]+(\d\d?):(\d\d)(?::(\d\d))?$")
_ABSENT = {"", "~", "null", "Null", "NULL"}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Reading:
    """The data of one YAML text, the line of each value, and what was wrong."""

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: str, path: str, first_line: int) -> Reading:
    """Read one YAML text whose first line is line ``first_line`` of ``path``."""
    reading = Reading()
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        reading.problems.append(_syntax_problem(error, text, path, first_line))
        return reading
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        line = first_line + text.count("\n", 0, position)
        reading.problems.append(
            Problem(
                path, line, "", "There is a character here that YAML does not allow.", "Delete it and type it again."
            )
        )
        return reading
    if node is not None:
        reading.data = _construct(node, (), reading, path, first_line)
    return reading


def _construct(node: yaml.Node, place: Place, reading: Reading, path: str, offset: int) -> Any:
    line = offset + node.start_mark.line
    reading.lines.setdefault(place, line)
    if isinstance(node, yaml.MappingNode):
        return dict(_members(node, place, reading, path, offset))
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*place, index), reading, path, offset) for index, item in enumerate(node.value)]
    return _scalar(node)


def _members(
    node: yaml.MappingNode, place: Place, reading: Reading, path: str, offset: int
) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = offset + key_node.start_mark.line
        if key in seen:
            reading.problems.append(
                Problem(
                    path,
                    line,
                    key,
                    f"The field “{key}” is written twice; the first time is in line {seen[key]}.",
                    "Delete one of the two.",
                )
            )
            continue
        seen[key] = line
        reading.lines[(*place, key)] = line
        yield key, _construct(value_node, (*place, key), reading, path, offset)


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None):  # in quotation marks, or a block of text
        return text
    if text in _ABSENT:
        return None
    if match := _DATE.match(text):
        year, month, day = (int(group) for group in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return text
    if match := _MOMENT.match(text):
        numbers = [int(group or 0) for group in match.groups()]
        try:
            return dt.datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - local time of the library
        except ValueError:
            return text
    return text


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    index = mark.line if mark else 0
    rows = text.split("\n")
    index = min(index, len(rows) - 1)
    row = rows[index].strip()
    what = error.problem or ""
    problem = (error.problem or "") + " " + (error.context or "")
    if "mapping values are not allowed" in what:
        name, _, value = row.partition(":")
        # Curly marks around the whole value were meant as quotation marks.
        value = value.strip().strip("“”«»").strip()
        hint = f'Put the value in quotation marks: {name.strip()}: "{value}".'
        return Problem(path, first_line + index, name.strip(), f"“{row}” has a second colon in it.", hint)
    if ("cannot start any token" in what and "\\t" in problem) or "\t" in rows[index]:
        return Problem(path, first_line + index, "", "This line is indented with a tab.", "Use spaces instead.")
    if "quoted scalar" in problem:
        start = error.context_mark.line if error.context_mark else index
        return Problem(
            path,
            first_line + start,
            "",
            f"“{rows[start].strip()}” opens a quotation mark that is never closed.",
            "Close it with the same mark at the end of the value.",
        )
    if "could not find expected ':'" in what:
        before = next((i for i in range(index, -1, -1) if rows[i].strip() and ":" not in rows[i]), index)
        return Problem(
            path,
            first_line + before,
            "",
            f"“{rows[before].strip()}” is not a field with a value.",
            "Write a field as “name: value”, and begin the lines of a list with two spaces and a hyphen.",
        )
    if apostrophe := _apostrophe(rows[max(0, index - 1) : index + 1]):
        at, name, value = apostrophe
        return Problem(
            path, first_line + max(0, index - 1) + at, name, f"The apostrophe in “{value}” ends the value too early.",
            f'Use double quotation marks: {name}: "{value}".',
        )  # fmt: skip
    if "undefined alias" in what or "found unknown escape" in what or "cannot start any token" in what:
        name, _, value = row.partition(":")
        quoted = value.strip().strip("\"'")
        return Problem(
            path,
            first_line + index,
            name.strip(),
            f"“{row}” begins its value with a character that means something else in YAML.",
            f"Put the value in single quotation marks: {name.strip()}: '{quoted}'.",
        )
    return Problem(
        path,
        first_line + index,
        "",
        f"The front matter cannot be read at “{row}”.",
        "Check the indentation of this line and the one above it: fields of one level begin in the same column.",
    )


def _apostrophe(rows: list[str]) -> tuple[int, str, str] | None:
    """A value in single quotation marks with an apostrophe in it: which row, its field, its words."""
    for number, row in enumerate(rows):
        if found := re.match(r"^\s*([\w-]+):\s*'([^']*'[^'].*)'\s*$", row):
            return number, found[1], found[2]
    return None
