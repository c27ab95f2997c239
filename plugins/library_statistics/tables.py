"""Reads ``NAME.csv`` with the words of ``NAME.yml`` beside it.

The first row names the columns, the first column the rows; everything else is a number. An
empty cell means "not counted".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from library_base.errors import Problem
from library_frontmatter import Lines, read_mapping
from library_links.resolve import file_size
from library_schemas.base import Language, Maybe, Part, Words
from library_words import translate


class StatisticsWords(Part):
    """``content/statistics/NAME.yml``."""

    title: Annotated[Words, Field(description="What the table is called")]
    summary: Annotated[Maybe[str], Field(description="What is counted, and what stands out")] = None
    units: Annotated[Maybe[str], Field(description="What is counted: visits, loans")] = None
    source: Annotated[Maybe[str], Field(description="Where the numbers come from")] = None
    lang: Annotated[Language, Field(description="en or fr: the page of this language shows the table")] = "en"
    order: Annotated[int, Field(ge=0, le=999, description="Place on the page")] = 100


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """A table of numbers. ``series`` are the columns as (name, numbers), ``labels`` the rows' names."""

    title: str
    note: str
    unit: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    series: Sequence[tuple[str, Sequence[float | None]]]
    labels: Sequence[str]
    source_url: str
    source: str
    lines: Lines
    where: str = ""
    lang: str = "en"
    #: Of the file, in words: ``1 KB``.
    size: str = ""


def read_tables(folder: Path, names: Sequence[str], base_path: str) -> tuple[list[StatisticsTable], list[Problem]]:
    """Read every ``statistics/*.csv`` among ``names`` (paths from ``content/``)."""
    tables: list[tuple[int, StatisticsTable]] = []
    problems: list[Problem] = []
    for name in sorted(names):
        words_name = name.removesuffix(".csv") + ".yml"
        path = f"content/{name}"
        if not (folder / words_name).is_file():
            problems.append(
                Problem(
                    path, 1, "", f"There is no content/{words_name} with its title.", "Write one with the field title."
                )
            )
            continue
        words = read_mapping(
            (folder / words_name).read_text(encoding="utf-8"), f"content/{words_name}", StatisticsWords
        )
        problems.extend(words.problems)
        rows, wrong = _rows((folder / name).read_text(encoding="utf-8-sig"), path)
        problems.extend(wrong)
        if words.record is None or wrong:
            continue
        table = _table(words.record, words.lines, rows, f"{base_path}/{name}", path)
        size = file_size((folder / name).stat().st_size, table.lang)
        tables.append((words.record.order, replace(table, size=size)))
    return [table for _, table in sorted(tables, key=lambda pair: (pair[0], pair[1].title))], problems


def _rows(text: str, path: str) -> tuple[list[list[str]], list[Problem]]:
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    problems: list[Problem] = []
    if len(rows) < 2 or len(rows[0]) < 2:
        return [], [
            Problem(path, 1, "", "This table has no numbers.", "Write names of columns, then a line for each row.")
        ]
    for column, name in enumerate(rows[0]):
        if not name:
            problems.append(Problem(path, 1, "", f"Column {column + 1} has no name.", "Write one in the first line."))
    kept = [rows[0]]
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        if len(row) != len(rows[0]):
            message = f"This line has {len(row)} cells, and the first line has {len(rows[0])}."
            problems.append(Problem(path, number, "", message, "Leave a cell empty when something was not counted."))
            continue
        problems.extend(
            Problem(path, number, "", f"“{cell}” is not a number.", "Write digits only, such as 1042.")
            for cell in row[1:]
            if cell and _number(cell) is None
        )
        kept.append(row)
    return kept, problems


def _number(cell: str) -> float | None:
    try:
        value = float(cell.replace(" ", "").replace("\u00a0", "").replace(",", ""))
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def _table(words: StatisticsWords, lines: Lines, rows: list[list[str]], url: str, where: str) -> StatisticsTable:
    columns, body = rows[0], rows[1:]
    series = [
        (column, [_number(row[number]) if row[number] else None for row in body])
        for number, column in enumerate(columns[1:], start=1)
    ]
    shown = [[row[0], *(f"{_number(cell):,}" if cell else "" for cell in row[1:])] for row in body]
    said = translate("Source: {source}", words.lang, source=words.source) if words.source else ""
    note = " ".join(part for part in (words.summary, said) if part)
    return StatisticsTable(
        words.title, note, words.units or "", columns, shown, series, [row[0] for row in body], url,
        lines.path, lines, where, words.lang,
    )  # fmt: skip
