"""Cells of a table say something by their colour and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.contrast import solid_background
from audit.semantics.tables import Cell, Grid, grid, is_empty, is_presentational

RULE = Rule(
    title="Cells that only have a colour",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.1", "1.1.1")),
    fixer=Fixer.AUTHOR,
    why="Nothing is read out there, and who sees no colours sees empty cells.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Tables of data with two or more empty cells."""
    document = page.document
    for table in document.tags("table"):
        if (
            table.rendered
            and table.exposed
            and not is_presentational(table)
            and len(_empty(document, grid(document, table))) > 1
        ):
            yield table


def _empty(document: Document, table: Grid) -> list[Cell]:
    return [
        cell
        for cell in table.cells
        if cell.element.rendered and not cell.is_header and is_empty(document, cell.element)
    ]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    table = grid(document, target)
    empty = _empty(document, table)
    painted = [
        (cell, surface.hex) for cell in empty if (surface := solid_background(document, cell.element)) is not None
    ]
    # Stripes of rows or columns are no message: the colours must differ within a row and within a column.
    rows = any(len({shade for cell, shade in painted if cell.row == row}) > 1 for row in range(len(table.rows)))
    columns = any(
        len({shade for cell, shade in painted if cell.column == column}) > 1 for column in range(table.columns)
    )
    one_line = len({cell.row for cell, _ in painted}) == 1 or len({cell.column for cell, _ in painted}) == 1
    striped = len({cell.column for cell, _ in painted}) == 1 and _follows_rows(document, table, painted)
    if not ((rows and columns) or (one_line and (rows or columns) and not striped)):
        return passed(empty=len(empty))
    shades = sorted({shade for _, shade in painted})
    return ask(
        f"{len(painted)} cells of this table are empty and have {len(shades)} colours ({', '.join(shades[:4])}). What do they say, and where is it said in words?",
        "Write a word into each cell; the colour may stay.",
        cells=len(painted),
        colours=shades[:6],
    )


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
