"""The rows of a data table have different numbers of cells."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import Grid, arranges, grid, is_presentational

RULE = Rule(
    title="Rows with different numbers of cells",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Somebody who goes down a column with a screen reader meets cells that belong to several columns, or none.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed data tables of at least two rows of cells."""
    for table in page.document.tags("table"):
        if table.exposed and not is_presentational(table):
            cells = grid(page.document, table)
            if len(_counts(page, cells)) > 1 and not arranges(page.document, cells):
                yield table


def expect(page: Page, target: Element) -> Result:
    counts = _counts(page, grid(page.document, target))
    if len(set(counts)) == 1:
        return passed(cells=counts[0])
    words = ", ".join(str(count) for count in counts[:8]) + ("…" if len(counts) > 8 else "")
    return failed(
        f"The rows of this table have {words} cells.",
        "Give every row one cell for each column. Where one heading covers several columns or rows, make it a "
        "header cell; where the parts have different columns, make them different tables.",
        cells=tuple(counts),
    )


def _counts(page: Page, table: Grid) -> list[int]:
    """Cells of each row that can be compared with others."""
    headed = _has_heads(table)
    counts = []
    for number, row in enumerate(table.rows):
        section = page.document.parent(row)
        # Headings over several columns and totals below are read as such, not column by column.
        if section is not None and section.tag in {"thead", "tfoot"}:
            continue
        cells = table.in_row(number)
        if not cells or all(cell.is_header for cell in cells):
            continue
        # One cell over the whole row is a heading, or a note, between groups of rows.
        if len(cells) == 1 and cells[0].width >= table.columns > 1:
            continue
        # A header cell over several columns labels what follows it ("Total"). Where every column has
        # a heading, a cell over several of them holds for each.
        counts.append(sum(cell.width if cell.is_header or headed else 1 for cell in cells))
    return counts


def _has_heads(table: Grid) -> bool:
    """Whether the first row holds a header cell of its own for each column."""
    first = table.in_row(0)
    return len(first) == table.columns > 1 and all(cell.is_header for cell in first)
