"""A header cell heads no cell of its table."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.tables import assigned_headers, explicit_role, grid, is_presentational

RULE = Rule(
    title="A header cell that heads nothing",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",), act=("d0f69e",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader never reads the header with a cell, so what the column or row means is lost.",
    since="0.1.0",
    axe=("th-has-data-cells",),
)
_HEADERS = frozenset({"columnheader", "rowheader"})
_CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_TABLES = frozenset({"table", "grid", "treegrid"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed header cells of tables, whether by element or by role."""
    for element in page.document:
        if element.exposed and element.role in _HEADERS and _table(page, element) is not None:
            yield element


def expect(page: Page, target: Element) -> Result:
    if target.index in _heading(page.document):
        return passed()
    table = _table(page, target)
    if table is not None and _is_of_headers(page.document, table):
        return failed(
            f"Every cell of this table is a header, “{page.document.text(target)[:40]}” too: "
            f"“{page.document.exposed_text(table)[:60]}”.",
            "Make the cells that hold data td; leave th to the first row or column.",
        )
    if table is not None and not _has_data(page.document, table):
        return ask(
            f"This table has headers and no other cell: “{page.document.exposed_text(table)[:60]}”. Will it be filled before anybody comes to it?",
            "Show the table when it has something in it, or say in words that there is nothing yet.",
        )
    kind = "column" if target.role == "columnheader" else "row"
    return failed(
        f"The {kind} header “{page.document.text(target)[:60]}” has no cell that belongs to it.",
        "Give it cells, or take it away: every row needs a cell for each column, and headers attributes must name the right header.",
    )


def _is_of_headers(document: Document, table: Element) -> bool:
    """Whether a table of several rows and columns, with words in each row, has header cells only."""
    if table.tag != "table" or _has_data(document, table):
        return False
    cells = [each for each in grid(document, table).cells if document.exposed_text(each.element).strip()]
    rows, columns = {each.row for each in cells}, {each.column for each in cells}
    return len(rows) > 1 and len(columns) > 1


def _has_data(document: Document, table: Element) -> bool:
    return any(
        each.exposed and (each.tag == "td" or each.role in {"cell", "gridcell"}) for each in document.descendants(table)
    )


def _table(page: Page, element: Element) -> Element | None:
    for above in page.document.ancestors(element):
        role = explicit_role(above)
        if above.tag == "table" or role in _TABLES:
            return None if is_presentational(above) else above
    return None


@remembered
def _heading(document: Document) -> frozenset[int]:
    """Indexes of all header cells that head some other cell."""
    found: set[int] = set()
    for table in document.tags("table"):
        if not is_presentational(table):
            cells = grid(document, table)
            for cell in cells.cells:
                found |= assigned_headers(document, cells, cell)
    for table in document.roles(*_TABLES):
        if table.tag != "table":
            found |= _by_role(document, table)
    return frozenset(found)


def _by_role(document: Document, table: Element) -> set[int]:
    """Tables made of roles: a column header heads the cells in its place of other rows, a row header those of its row."""
    rows = [
        [cell for cell in document.descendants(row) if cell.role in _CELLS and cell.exposed]
        for row in document.descendants(table)
        if row.role == "row" and row.exposed
    ]
    found: set[int] = set()
    for row in rows:
        for place, cell in enumerate(row):
            if cell.role == "columnheader":
                below = any(
                    place < len(other) and other[place].role != "columnheader" for other in rows if other is not row
                )
                found |= {cell.index} if below else set()
            elif cell.role == "rowheader" and any(other.index != cell.index for other in row):
                found.add(cell.index)
    return found
