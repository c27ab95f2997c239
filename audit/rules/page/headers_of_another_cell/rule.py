"""A cell names a header that stands in neither its row nor its column."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import Cell, Grid, grid, is_presentational

RULE = Rule(
    title="A cell names the wrong header",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads a number of spring with the header of autumn.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Tables in which a cell names its headers."""
    for table in page.document.tags("table"):
        named = any(cell.element.has("headers") for cell in grid(page.document, table).cells)
        if named and table.exposed and not is_presentational(table):
            yield table


def expect(page: Page, target: Element) -> Result:
    document = page.document
    cells = grid(document, target)
    by_index = {cell.element.index: cell for cell in cells.cells}
    wrong: list[tuple[Cell, Cell]] = []
    for cell in cells.cells:
        if cell.is_header:
            continue
        for header in document.referred(cell.element, "headers"):
            named = by_index.get(header.index)
            if named is not None and not _meet(cell, named) and _has_own(cells, cell):
                wrong.append((cell, named))
    if not wrong:
        return passed()
    cell, named = wrong[0]
    more = f", and {len(wrong) - 1} more of its references are like that" if len(wrong) > 1 else ""
    return failed(
        f"The cell “{document.text(cell.element)[:40]}” of this table names the header “{document.text(named.element)[:40]}”, "
        f"which is in another row and another column{more}.",
        "Name the headers of the cell's own row and column; in a simple table take the headers attributes away.",
        wrong=len(wrong),
    )


def _meet(one: Cell, other: Cell) -> bool:
    columns = one.column < other.column + other.width and other.column < one.column + one.width
    rows = one.row < other.row + other.height and other.row < one.row + one.height
    return columns or rows


def _has_own(table: Grid, cell: Cell) -> bool:
    """Whether there is a header in the cell's column: then one of another column is a slip."""
    return any(
        header.column < cell.column + cell.width and cell.column < header.column + header.width
        for header in table.headers
    )
