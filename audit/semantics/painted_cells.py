"""Cells of a table that are empty, and say something by their colour."""

from __future__ import annotations

from audit.model.document import Document, Element
from audit.semantics.colour import Colour, parse
from audit.semantics.contrast import solid_background
from audit.semantics.tables import Cell, Grid, is_empty

#: From so many square CSS px on, a box of one colour in a cell is a mark.
MARK = 16.0
#: Two colours with less between them in each channel (of 255) look the same beside each other.
ALIKE = 12


def empty_cells(document: Document, table: Grid) -> list[Cell]:
    """Data cells that are drawn and hold nothing."""
    return [
        cell
        for cell in table.cells
        if cell.element.rendered and not cell.is_header and is_empty(document, cell.element)
    ]


def cells_told_by_colour(document: Document, table: Grid) -> list[tuple[Cell, str]]:
    """Empty cells with their colours (``#rrggbb``), where the colours can be a message; else none.

    Stripes of rows or columns are no message: the colours must differ within a row and within a column.
    """
    known: list[Colour] = []
    painted = [
        (cell, _shade(surface, known))
        for cell in empty_cells(document, table)
        if (surface := _surface(document, cell.element)) is not None
    ]
    rows = any(len({shade for cell, shade in painted if cell.row == row}) > 1 for row in range(len(table.rows)))
    columns = any(
        len({shade for cell, shade in painted if cell.column == column}) > 1 for column in range(table.columns)
    )
    one_line = len({cell.row for cell, _ in painted}) == 1 or len({cell.column for cell, _ in painted}) == 1
    striped = len({cell.column for cell, _ in painted}) == 1 and _follows_rows(document, table, painted)
    return painted if (rows and columns) or (one_line and (rows or columns) and not striped) else []


def _shade(colour: Colour, known: list[Colour]) -> str:
    """The first of the ``known`` colours that nobody can tell from this one, else itself, which is known from then on."""
    for each in known:
        if max(abs(colour.red - each.red), abs(colour.green - each.green), abs(colour.blue - each.blue)) < ALIKE:
            return each.hex
    known.append(colour)
    return colour.hex


def _surface(document: Document, cell: Element) -> Colour | None:
    """The colour of a cell, or of the mark that is drawn in it."""
    marks = (each for each in document.descendants(cell) if each.box is not None and each.box.area >= MARK)
    own = (each for each in marks if (colour := parse(each.style.get("background-color", ""))) and colour.alpha > 0)
    return solid_background(document, next(own, cell))


def _follows_rows(document: Document, table: Grid, painted: list[tuple[Cell, str]]) -> bool:
    """Whether each cell has the colour of the other cells in its row."""
    for cell, shade in painted:
        others = [
            solid_background(document, each.element)
            for each in table.in_row(cell.row)
            if each.element.index != cell.element.index
        ]
        if not any(other is not None and other.hex == shade for other in others):
            return False
    return True
