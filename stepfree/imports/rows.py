"""The rows of a table that somebody else wrote: a workbook (XLSX), a text with commas (CSV), records of XML."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from audit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``number`` as the program counts it, from 1 with the headers; ``cells``: column → words."""

    number: int
    cells: Mapping[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a spreadsheet, or the records of an XML file, each below its headers.

    Raises:
        UsageError: the file cannot be read as one.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return _workbook(path)
    if ending == ".xml":
        return _records(path)
    if ending in {".csv", ".tsv", ".txt"}:
        return _separated(path)
    raise UsageError(f"{path}: this is not a spreadsheet that can be read.", "Save it as .csv or .xlsx first.")


def _under(table: Iterator[tuple[int, Sequence[str]]], path: Path) -> list[Row]:
    """Rows below the first one that has two words or more, which is that of the headers."""
    for _number, first in table:
        if sum(bool(cell) for cell in first) > 1:
            names = [cell or f"column {at}" for at, cell in enumerate(first, start=1)]
            return [
                Row(number, {name: cell for name, cell in zip(names, row, strict=False) if cell})
                for number, row in table
                if any(row)
            ]
    raise UsageError(f"{path}: there is no row of headers in it.", "Write the name of each column in the first row.")


def _workbook(path: Path) -> list[Row]:
    try:
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, IndexError) as error:
        raise UsageError(f"{path}: this workbook cannot be read: {error}.") from None
    return _under(
        enumerate(([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)), start=1), path
    )


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = (
        f"{value:%Y-%m-%d %H:%M}"
        if hasattr(value, "hour") and hasattr(value, "year")
        else str("" if value is None else value)
    )
    return text.strip()


def _separated(path: Path) -> list[Row]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: it cannot be read: {error.strerror}.") from None
    try:
        # Excel's “Unicode text” is UTF-16, its “CSV” without a word about UTF-8 is not Unicode at all.
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = next((line for line in text.splitlines() if any(sign in line for sign in ",;\t|")), "")
    sign = max(",;\t|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    return _under(((reader.line_num, [cell.strip() for cell in row]) for row in reader), path)


def _records(path: Path) -> list[Row]:
    """Elements of XML that have a name and an address, wherever they stand."""
    try:
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (OSError, etree.XMLSyntaxError) as error:
        raise UsageError(f"{path}: this is not XML that can be read: {error}.") from None
    rows = []
    element: Any
    for element in tree.iter():
        if isinstance(element.tag, str) and {"name", "url"} <= {_tag(child) for child in element}:
            cells = {_tag(child): _words_of(child) for child in element}
            rows.append(Row(element.sourceline or 0, {key: value for key, value in cells.items() if value}))
    if not rows:
        raise UsageError(f"{path}: nothing in it has a name and an address (url).")
    return rows


def _tag(element: Any) -> str:
    return str(etree.QName(element).localname).lower() if isinstance(element.tag, str) else ""


def _words_of(element: Any) -> str:
    """The words of an element; those of several children as a list, by their names when they have one."""
    if not len(element):
        return str(element.text or "").strip()
    named = (each if each.find("name") is None else each.find("name") for each in element)
    inside = ["".join(each.itertext()) for each in named]
    return "; ".join(" ".join(each.split()) for each in inside if each.strip())
