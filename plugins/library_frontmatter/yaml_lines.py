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
from library_frontmatter.yaml_faults import syntax_problem

#: Place of a value in the data: ``("hours", "week", "monday")``, ``("includes", 0)``.
type Place = tuple[str | int, ...]

_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
_MOMENT = re.compile(r"^(\d{4})-(\d\d)-(\d\d)[T ]+(\d\d?):(\d\d)(?::(\d\d))?$")
_ABSENT = {"", "~", "null", "Null", "NULL"}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Reading:
    """The data of one YAML text, the line of each value, and what was wrong."""

    text: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: str, path: str, first_line: int) -> Reading:
    """Read one YAML text whose first line is line ``first_line`` of ``path``."""
    reading = Reading(text)
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        reading.problems.append(syntax_problem(error, text, path, first_line))
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
    reading.problems += [
        Problem(path, line, str(place[0]) if place else "", *said) for line, said in _alone(node, reading, offset)
    ]
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


def _alone(node: yaml.MappingNode, reading: Reading, offset: int) -> Iterator[tuple[int, tuple[str, str]]]:
    """The lines of words between braces that have no value, and what is said of them.

    Most stand behind a comma of the value before them, which YAML takes for its end.
    """
    members = node.value if node.flow_style else []
    lonely = [not reading.text.startswith(":", _after(reading.text, key.end_mark.index)) for key, _ in members]
    at = 0
    while at < len(members):
        if not lonely[at]:
            at += 1
            continue
        end = next((index for index in range(at, len(members)) if not lonely[index]), len(members))
        words = [str(key.value) for key, _ in members[at:end]]
        line = offset + members[at][0].start_mark.line
        name, value = members[at - 1] if at else (None, None)
        at = end
        if name is None or not isinstance(value, yaml.ScalarNode) or value.style:
            yield line, (f"“{words[0]}” is between braces without a value.", "Write name: value there.")
            continue
        whole = ", ".join([str(value.value), *words])
        cut = f"The comma in “{whole}” ends the value of “{name.value}” too early."
        if re.fullmatch(r"-?\d+, \d+", whole):
            yield line, (cut, f"Write the number with a point: {name.value}: {whole.replace(', ', '.')}.")
        else:
            yield line, (cut, f'Put the value in quotation marks: {name.value}: "{whole}".')


def _after(text: str, index: int) -> int:
    """The first place at or behind ``index`` that is no blank."""
    while text[index : index + 1].isspace():
        index += 1
    return index


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
