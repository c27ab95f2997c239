"""What tables in documents are for: data, or looks."""

from __future__ import annotations

import re

from audit.documents.model import Cell, Table

#: Words in a cell, on the average, from which it holds paragraphs and not data.
PARAGRAPHS = 40
#: A line to write on. Dots are none: they also lead the eye to a number.
_TO_WRITE_ON = re.compile(r"(?:_\s?){5,}")


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
        return "is in a cell of another table"
    if len(rows) == 1:
        return "has a single row"
    if rows and all(sum(cell.columns for cell in row) == 1 for row in rows):
        return "has a single column"
    if not table.headers and (table.form or any(_TO_WRITE_ON.search(cell.text) for cell in cells)):
        return "holds the fields of a form"
    if (
        len(rows) >= PIECED
        and not table.headers
        and sum(_is_merged(cell) for row in rows[1:] for cell in row) >= len(rows)
    ):
        return "is pieced together from merged cells, as a form for paper is"
    if len(cells) >= PIECED and len({cell.text for cell in cells}) == 1:
        return "says the same in every cell, as a sheet of labels does"
    words = sum(len(cell.text.split()) for cell in cells)
    if cells and not table.headers and words >= PARAGRAPHS * len(cells):
        return "has no headers, and whole paragraphs in its cells"
    return ""


def _is_merged(cell: Cell) -> bool:
    return cell.rows > 1 or cell.columns > 1
