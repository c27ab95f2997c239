"""What is wrong with a text that is not YAML, in a sentence for the person who wrote it.

The parser names the place where it gave up, which is often a line below the slip. Each kind of slip is
looked for at that line and above it, and told with the line as it should be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from library_base.errors import Problem

_FIELD = re.compile(r"^\s*(?:- +)?(?P<name>[\w-]+):\s+(?P<value>\S.*?)\s*$")
#: Characters with which a plain value cannot begin.
_SPECIAL = "\"'*&!|>[{%@`?"
#: A field without its colon, or with a sign in its place.
_WITHOUT_COLON = re.compile(r"^(?P<name>[a-z_]+)(?:\s*(?P<sign>[=;])\s*|\s+)(?P<value>[^:]+)$")
#: A field as an item of a list, where no list is.
_HYPHEN = re.compile(r"^-\s+(?P<name>[\w-]+):\s+(?P<value>\S.*?)\s*$")
#: A link or a picture in Markdown as the value of a field or item.
_MARKED = re.compile(
    r"^\s*(?P<start>-|(?:- +)?[\w-]+:)\s+(?P<bang>!?)\[(?P<words>[^\]]*)\]\(\s*(?:\{(?:static|filename)\}/?)?(?P<address>[^)\s]+)[^)]*\)\s*$"
)
_CLOSING = {"[": "]", "{": "}"}
#: A value between braces that goes on behind a second colon.
_COLON_IN_BRACES = re.compile(r"[{,]\s*(?P<name>[\w-]+):\s+(?P<value>[^\"'{}\[\],:][^{}\[\],:]*:\s[^{}\[\],]*)")
_APOSTROPHE = re.compile(r"^\s*(?P<name>[\w-]+):\s*'(?P<value>[^']*'[^'].*)'\s*$")


@dataclass(frozen=True, slots=True)
class _Fault:
    """``row``: counted from the first row of the text; ``name``: the field."""

    row: int
    name: str
    message: str
    hint: str


def syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """Turn what the parser says of a text that begins in line ``first_line`` of ``path`` into a problem."""
    rows = text.split("\n")
    mark = error.problem_mark or error.context_mark
    index = min(mark.line if mark else 0, len(rows) - 1)
    began = min(error.context_mark.line, index) if error.context_mark else index
    fault = _fault(f"{error.problem or ''} {error.context or ''}", rows, index, began)
    return Problem(path, first_line + fault.row, fault.name, fault.message, fault.hint)


def _at_once(said: str, rows: list[str], index: int) -> _Fault | None:
    """What can be seen in the line itself, whatever the parser says of it."""
    row = rows[index].strip()
    for number in (index, index - 1):
        if number >= 0 and (found := re.match(r"^(?P<name>[a-z_]+)\s*[：﹕∶]\s*(?P<value>.*?)\s*$", rows[number])):
            message = f"“{rows[number].strip()}” has something else in place of the colon."
            return _Fault(number, found["name"], message, f"Write {found['name']}: {found['value']}.")
    for number in (index, index - 1):
        if number >= 0 and (found := _MARKED.match(rows[number])):
            start, words, address = found["start"].strip(), found["words"], found["address"]
            wrong = f"“{rows[number].strip()}” is Markdown, and fields belong here."
            written = (
                f"{{file: {address}, alt: {words or '…'}}}"
                if found["bang"]
                else f'{{text: {words or "…"}, url: "{address}"}}'
            )
            return _Fault(number, start.lstrip("- ").rstrip(":"), wrong, f"Write {start} {written}.")
    if (
        index
        and "mapping values" in said
        and (over := _FIELD.match(rows[index - 1]))
        and (here := _FIELD.match(rows[index]))
    ):
        further = _indent(rows[index]) > _indent(rows[index - 1])
        if further and over["value"][0] not in "|>[{\"'" and re.fullmatch("[a-z_]+", here["name"]):
            message = f"“{row}” begins further to the right than “{rows[index - 1].strip()}” above it."
            return _Fault(index, here["name"], message, "Start both in the same column.")
    if re.match(r"[ ]*\t", rows[index]):
        return _Fault(index, "", "This line is indented with a tab.", "Use spaces instead.")
    return None


def _fault(said: str, rows: list[str], index: int, began: int) -> _Fault:
    row = rows[index].strip()
    if (fault := _at_once(said, rows, index)) is not None:
        return fault
    # A line without a colon runs on into the next one, where YAML then meets a second colon.
    if index and "mapping values" in said and (found := _WITHOUT_COLON.match(rows[index - 1])):
        message = f"“{rows[index - 1].strip()}” is not a field with a value."
        return _Fault(index - 1, found["name"], message, f"Write {found['name']}: {found['value']}.")
    if "mapping values are not allowed" in said and (found := _FIELD.match(rows[index])):
        # Curly marks around the whole value were meant as quotation marks.
        value = found["value"]
        value = value[1:-1].strip() if value[0] + value[-1] in {"“”", "«»"} else value
        name = found["name"]
        return _Fault(
            index, name, f"“{row}” has a second colon in it.", f"Put the value in quotation marks: {_in_marks(name, value)}."
        )  # fmt: skip
    above = [number for number in (index, index - 1, began) if 0 <= number < len(rows)]
    for number in above:
        if found := _APOSTROPHE.match(rows[number]):
            return _Fault(
                number, found["name"], f"The apostrophe in “{found['value']}” ends the value too early.",
                f"Use double quotation marks: {_in_marks(found['name'], found['value'])}.",
            )  # fmt: skip
    for number in above:
        if fault := _value_fault(rows[number], number):
            return fault
    if "quoted scalar" in said:
        return _Fault(
            began, "", f"“{rows[began].strip()}” opens a quotation mark that is never closed.",
            "Close it with the same mark at the end of the value.",
        )  # fmt: skip
    if "could not find expected ':'" in said:
        return _no_colon(rows, index)
    if found := re.match(r"\s*[*•·]\s+(?P<item>\S.*)$", rows[index]):
        message = f"“{row}” begins with a mark that does not make a list here."
        return _Fault(index, "", message, f"Begin each item with a hyphen: - {found['item'].strip()}.")
    if found := _HYPHEN.match(rows[index]):
        written = f"{found['name']}: {found['value']}"
        return _Fault(index, found["name"], f"“{row}” is not in a list.", f"Remove the hyphen: {written}.")
    return _Fault(
        index,
        "",
        f"“{row}” cannot be read here.",
        "Check the indentation of this line and the one above it: fields of one level begin in the same column.",
    )


def _indent(row: str) -> int:
    """Where a row begins, behind the hyphen of an item."""
    return len(row) - len(re.sub(r"^\s*(?:- +)?", "", row))


def _no_colon(rows: list[str], index: int) -> _Fault:
    before = next((i for i in range(index, -1, -1) if rows[i].strip() and not re.search(r":(\s|$)", rows[i])), index)
    if before and (found := _FIELD.match(rows[before - 1])) and ":" not in rows[before]:
        message = f"“{rows[before].strip()}” is not a field with a value."
        if (sign := _WITHOUT_COLON.match(rows[before])) and sign["sign"]:
            return _Fault(before, sign["name"], message, f"Write {sign['name']}: {sign['value']}.")
        return _Fault(before, "", message, f"If it belongs to “{found['name']}”, write it on the same line.")
    if before and not rows[before - 1].strip() and not re.match(r"[a-z_]+\s*[:=;]|-", rows[before]):
        message = f"The front matter is not closed before “{rows[before].strip()[:60]}”."
        return _Fault(before, "", message, "Put a line --- after the last field.")
    return _no_field(rows[before].strip(), before)


def _no_field(row: str, index: int) -> _Fault:
    name, colon, value = row.partition(":")
    return _Fault(
        index,
        "",
        f"“{row}” is not a field with a value.",
        f"Put a space after the colon: {name}: {value}."
        if colon and re.fullmatch(r"[\w-]+", name)
        else "Write a field as “name: value”, and begin the lines of a list with two spaces and a hyphen.",
    )


def _value_fault(row: str, index: int) -> _Fault | None:
    """A value that cannot be read because of how it begins; a row that can be read alone has none."""
    if _readable(row.strip()):
        return None
    if inner := _COLON_IN_BRACES.search(row):
        name, value = inner["name"], inner["value"].strip()
        hint = f"Put the value in quotation marks: {_in_marks(name, value)}."
        return _Fault(index, name, f"“{name}: {value}” has a second colon in it.", hint)
    found = _FIELD.match(row)
    if found is None:
        item = row.strip().removeprefix("-").strip()
        return _never_closed(row, index, "", item) if item and row.strip() != item else None
    name, value = found["name"], found["value"]
    first = value[0]
    if value.startswith("- "):
        items = [part.strip() for part in re.split(r",|\s-\s", value[2:])]
        message = f"The list of “{name}” begins on the line of its name."
        alone = f"Write {name}: {items[0]}, or, for a list, " if len(items) == 1 else "Write it in brackets: "
        return _Fault(index, name, message, f"{alone}{name}: [{', '.join(items)}].")
    if fault := _never_closed(row, index, name, value):
        return fault
    if found := re.fullmatch(r"(\*+)(?P<words>[^*]+)\1(?P<rest>[^*]*)", value):
        message = f"“{row.strip()}” would be shown with its marks: this field takes plain words."
        return _Fault(index, name, message, f"Write the words alone: {name}: {found['words']}{found['rest']}.")
    if first in "\"'" and value.count(first) == 1:
        return None  # a mark that is never closed, which is told as such
    if first in _SPECIAL:
        return _Fault(
            index, name, f"“{row.strip()}” begins its value with a character that means something else in YAML.",
            f"Put the value in {'double' if first == chr(39) else 'single'} quotation marks: {_in_marks(name, value, single=True)}.",
        )  # fmt: skip
    return None


def _never_closed(row: str, index: int, name: str, value: str) -> _Fault | None:
    closing = _CLOSING.get(value[0])
    if closing is None or value.count(closing) >= value.count(value[0]):
        return None
    return _Fault(index, name, f"“{row.strip()}” opens a bracket that is never closed.", f"Close it with {closing}.")


def _readable(row: str) -> bool:
    try:
        yaml.compose(row, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return True


def _in_marks(name: str, value: str, *, single: bool = False) -> str:
    """A field whose value stands in quotation marks: double ones, or single ones where asked and possible."""
    return f"{name}: '{value}'" if single and "'" not in value else f'{name}: "{value.replace(chr(34), chr(39))}"'
