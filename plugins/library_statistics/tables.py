"""Reads ``NAME.csv`` with the words of ``NAME.yml`` beside it.

The first row names the columns, the first column the rows; everything else is a number. An
empty cell means "not counted".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from library_base.errors import ContentErrors, Problem
from library_base.texts import text_of
from library_frontmatter import Lines, read_mapping
from library_links.resolve import file_size
from library_schemas.base import Language, Maybe, Part, Words
from library_words import translate
from library_words.voice import voice

#: 7,420 or 1,042,000.5
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
#: A column that is a year, or a year of a school or of accounts (2025-26).
_YEAR = re.compile(r"(19|20)\d\d(\D|$)")


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
    """A table of numbers. ``series`` are the columns as (name, numbers), ``labels`` the rows' names.

    ``main`` is the number of the series that the chart shows: the newest of several years, else the first. Rows go
    from its largest number to its smallest, unless their names have an order of their own.
    """

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
    main: int = 0


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
        try:
            said = text_of(folder / words_name, f"content/{words_name}")
            text = text_of(folder / name, path)
        except ContentErrors as error:
            problems.extend(error.problems)
            continue
        words = read_mapping(said, f"content/{words_name}", StatisticsWords)
        problems.extend(words.problems)
        rows, wrong = _rows(text, path)
        problems.extend(wrong)
        if words.record is None or wrong:
            continue
        table = _table(words.record, words.lines, rows, f"{base_path}/{name}", path)
        size = file_size((folder / name).stat().st_size, table.lang)
        tables.append((words.record.order, replace(table, size=size)))
    return [table for _, table in sorted(tables, key=lambda pair: (pair[0], pair[1].title))], problems


def _rows(text: str, path: str) -> tuple[list[list[str]], list[Problem]]:
    # Excel divides cells as the language of the computer does.
    first = text.partition("\n")[0]
    sign = next((each for each in ",;\t" if each in first), ",")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=sign)]
    problems: list[Problem] = []
    if len(rows) < 2 or len(rows[0]) < 2:
        return [], [
            Problem(path, 1, "", "This table has no numbers.", "Write names of columns, then a line for each row.")
        ]
    for column, name in enumerate(rows[0]):
        if not name:
            problems.append(Problem(path, 1, "", f"Column {column + 1} has no name.", "Write one in the first line."))
        elif name in rows[0][:column]:
            problems.append(
                Problem(path, 1, "", f"The column “{name}” is there twice.", "Give one of them another name.")
            )
    kept = [rows[0]]
    named: dict[str, int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        if len(row) != len(rows[0]):
            message = f"This line has {len(row)} cells, and the first line has {len(rows[0])}."
            problems.append(Problem(path, number, "", message, "Leave a cell empty when something was not counted."))
            continue
        if row[0] in named:
            message = f"“{row[0]}” is there twice, first on line {named[row[0]]}."
            problems.append(Problem(path, number, "", message, "Keep one of the two lines, or give it another name."))
        named.setdefault(row[0], number)
        problems.extend(
            Problem(path, number, "", f"“{cell}” is not a number.", "Write digits only, such as 1042.")
            for cell in row[1:]
            if cell and _number(cell) is None
        )
        kept.append(row)
    return kept, problems


def _number(cell: str) -> float | None:
    try:
        close = re.sub(r"[ \u00a0\u202f]", "", cell)
        # A comma divides thousands; what else it may mean, only the author knows.
        value = float(close.replace(",", "") if _THOUSANDS.fullmatch(close) else close)
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def _ordered(name: str, lang: str) -> bool:
    """Whether names like this one come in an order of their own: months, weekdays, years, ages, times of day."""
    said = name.casefold()
    calendar = voice().locale(lang)
    known = [*calendar.months["stand-alone"]["wide"].values(), *calendar.days["stand-alone"]["wide"].values()]
    return said[:1].isdigit() or any(said.startswith(str(each).casefold()) for each in known)


def _table(words: StatisticsWords, lines: Lines, rows: list[list[str]], url: str, where: str) -> StatisticsTable:
    columns, body = rows[0], rows[1:]
    main = len(columns) - 2 if len(columns) > 2 and all(_YEAR.match(name) for name in columns[1:]) else 0
    if not all(_ordered(row[0], words.lang) for row in body):
        body = sorted(body, key=lambda row: -(_number(row[main + 1]) or 0) if row[main + 1] else 1)
    series = [
        (column, [_number(row[number]) if row[number] else None for row in body])
        for number, column in enumerate(columns[1:], start=1)
    ]
    shown = [[row[0], *(f"{_number(cell):,}" if cell else "" for cell in row[1:])] for row in body]
    said = translate("Source: {source}", words.lang, source=words.source) if words.source else ""
    note = " ".join(part for part in (words.summary, said) if part)
    return StatisticsTable(
        words.title, note, words.units or "", columns, shown, series, [row[0] for row in body], url,
        lines.path, lines, where, words.lang, main=main,
    )  # fmt: skip
