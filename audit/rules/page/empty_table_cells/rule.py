"""Data cells of a table are empty."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.painted_cells import cells_told_by_colour
from audit.semantics.tables import Cell, Grid, grid, is_empty, is_presentational, says_data

RULE = Rule(
    title="Empty cells in a table",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader says “blank”, and the listener cannot tell whether there is nothing, or nobody knows.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed data tables with data cells."""
    for table in page.document.tags("table"):
        if table.exposed and not is_presentational(table):
            cells = grid(page.document, table)
            if says_data(cells) and _data_cells(cells):
                yield table


def expect(page: Page, target: Element) -> Result:
    cells = grid(page.document, target)
    data = _data_cells(cells)
    # What a colour seems to say is asked about by cells-told-by-colour.
    painted = {cell.element.index for cell, _ in cells_told_by_colour(page.document, cells)}
    empty = [cell for cell in data if cell.element.index not in painted and is_empty(page.document, cell.element)]
    if not empty:
        return passed(cells=len(data))
    first = empty[0]
    number = "One of its" if len(empty) == 1 else f"{len(empty)} of its"
    return failed(
        f"{number} {len(data)} data cells {'is' if len(empty) == 1 else 'are'} empty, "
        f"the first in row {first.row + 1}, column {first.column + 1}.",
        "Say what an empty cell means: write “none”, “closed”, “not known” or 0.",
        empty=len(empty),
        cells=len(data),
    )


def _data_cells(table: Grid) -> list[Cell]:
    # The corner above the row headers and beside the column headers has nothing to say.
    return [
        cell
        for cell in table.cells
        if not cell.is_header and not (cell.row == 0 and cell.column == 0 and any(h.row == 0 for h in table.headers))
    ]
