"""What somebody meant by a line that is not TOML: the parser names the place, people need the line as it should be."""

from __future__ import annotations

import re

_CURLY = re.compile("[“”„‟«»‘’‚‛`´]")
_COLON = re.compile(r"^([\w.-]+)\s*:\s*(\S.*)$")
_PAIR = re.compile(r"^([\w.-]+)\s*=\s*(.*)$")
_WORD = {"yes": "true", "no": "false", "on": "true", "off": "false", "true": "true", "false": "false"}
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}\.? +[^\W\d]+\.? +\d{4}|[^\W\d]+\.? +\d{1,2},? +\d{4}")


def toml_meant(text: str, number: int, reason: str) -> str:
    """What to write in a line (``number`` from 1) that cannot be read; empty when nobody can tell.

    ``reason`` is what the parser says of it.
    """
    lines = text.splitlines() or [""]
    line = lines[min(number, len(lines)) - 1].strip()
    if twice := re.search(r"Cannot (?:declare|overwrite|mutate|redefine)", reason):
        return _twice(line, twice.string)
    if "\\" in line and re.search("escape|hex value", reason, re.IGNORECASE):
        return f"Write / instead of \\: {line.replace(chr(92), '/')}"
    if "array" in reason.lower() and not _CURLY.search(line) and not line.startswith("["):
        return "Put a comma between the entries of the list, and ] at its end."
    if line.startswith("["):
        name = line.strip("[] \t").split("#")[0].strip()
        double = line.startswith("[[")
        return f"Write {'[[' if double else '['}{name}{']]' if double else ']'} alone in its line." if name else ""
    if _CURLY.search(line):
        return f"Use straight quotation marks: {_straight(line)}"
    if match := _COLON.match(line):
        return f"Write = instead of the colon: {match[1]} = {_value(match[2])}"
    if match := _PAIR.match(line):
        return _pair(match[1], match[2])
    return ""


def _twice(line: str, reason: str) -> str:
    if line.startswith("["):
        name = line.strip("[] \t")
        return f"[{name}] is there twice. Put everything under the first, and delete the second."
    key = line.split("=", maxsplit=1)[0].strip()
    return f"“{key}” is there twice. Delete one of the two." if key else f"{reason}."


def _straight(line: str) -> str:
    return re.sub(r'"+', '"', _CURLY.sub('"', line))


def _pair(key: str, typed: str) -> str:
    value = typed.split(" #", maxsplit=1)[0].strip()
    if not value:
        return f"Write the value behind the equals sign: {key} = …"
    if value[0] in "[{":
        return "Put every entry in quotation marks, commas between them, and close the bracket."
    for mark in "\"'":
        if value.count(mark) % 2:
            return f"Close the quotation mark: {key} = {_value(value.replace(mark, ''))}"
    if _DAY.fullmatch(value):
        return f"Write a day as year-month-day: {key} = 2027-02-28"
    return f"Write {key} = {_value(value)}"


def _value(typed: str) -> str:
    """A value as TOML takes it."""
    value = _straight(typed.strip())
    if value.casefold() in _WORD:
        return _WORD[value.casefold()]
    if value[:1] in "\"'[{" or re.fullmatch(r"[+-]?\d+(\.\d+)?|\d{4}-\d\d-\d\d", value):
        return value
    return f'"{value}"'
