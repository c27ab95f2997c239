"""What tables in documents are for: data, or looks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.documents.model import Cell, Table

#: Words in a cell, on the average, from which it holds paragraphs and not data.
PARAGRAPHS = 40
#: A line to write on. Dots are none: they also lead the eye to a number.
_TO_WRITE_ON = re.compile(r"(?:_\s?){5,}")
#: A label of what stands beside it, with or without a word on how to fill it in: “Pages: (without this one)”.
_LABEL = re.compile(r"[^:]{1,60}:\s*(?:\([^()]*\))?")


#: The share of cells that hold something in a table without lines, at most, that sets words beside each other.
FILLED = 0.7
#: Fewer rows or cells prove nothing.
PIECED = 4


def is_data(table: Table) -> bool:
    """Whether a table has the shape of one with data: two rows and two columns that hold something."""
    return (
        not layout_reason(table)
        and len(table.rows) > 1
        and max((len(row) for row in table.rows), default=0) > 1
        and sum(bool(cell.text) for row in table.rows for cell in row) > 2
        and bool(table.rows[0])
    )


def layout_reason(table: Table) -> str:
    """What speaks for a table being there for its looks; ``""`` when nothing does."""
    rows = [row for row in table.rows if row]
    cells = [cell for row in rows for cell in row if cell.text]
    if table.nested:
        return "is inside a cell of another table"
    if len(rows) == 1:
        return "has only one row"
    if rows and all(sum(cell.columns for cell in row) == 1 for row in rows):
        return "has only one column"
    if not table.headers and (table.form or any(_TO_WRITE_ON.search(cell.text) for cell in cells)):
        return "contains the fields of a form"
    if not table.headers and all(map(_is_labelled, rows)):
        return "has a label in front of each entry, like a form"
    if (
        len(rows) >= PIECED
        and not table.headers
        and sum(_is_merged(cell) for row in rows[1:] for cell in row) >= len(rows)
    ):
        return "is pieced together from merged cells, like a paper form"
    places = sum(len(row) for row in rows)
    if not table.lined and not table.headers and len(cells) <= FILLED * places:
        return "has no lines, and many of its cells are blank"
    if len(cells) >= PIECED and len({cell.text for cell in cells}) == 1:
        return "says the same thing in every cell, like a sheet of labels"
    words = sum(len(cell.text.split()) for cell in cells)
    if cells and not table.headers and words >= PARAGRAPHS * len(cells):
        return "has no headers, and its cells contain whole paragraphs"
    return ""


def _is_labelled(row: Sequence[Cell]) -> bool:
    """Whether a row is a label and its entry, in two cells or one: no row above it could be their header."""
    told = [cell.text.strip() for cell in row if cell.text.strip()]
    if not row[0].text.strip() or len(told) > 2:
        return False
    return _LABEL.fullmatch(told[0]) is not None or (len(told) == 1 and ": " in told[0])


def _is_merged(cell: Cell) -> bool:
    return cell.rows > 1 or cell.columns > 1
