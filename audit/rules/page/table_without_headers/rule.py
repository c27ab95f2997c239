"""A table of data has no header cell."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.tables import Grid, arranges, explicit_role, grid, is_empty, is_presentational

RULE = Rule(
    title="A table without header cells",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads the cells and cannot say which column or row they belong to.",
    since="0.1.0",
    covers=("table-fake-caption",),
)
#: From these on short texts in rows and columns are data: rows, columns, share of full cells, characters.
LEAST_ROWS, LEAST_COLUMNS, FULL, SHORT = 3, 3, 0.75, 40
_PLACED = frozenset({"img", "input", "select", "textarea", "button", "ul", "ol", "p", "div", "iframe", "form", "svg"})
_HEADERS = frozenset({"columnheader", "rowheader"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed tables of at least two rows and columns that hold no parts of a page."""
    for table in page.document.tags("table"):
        if not table.exposed or is_presentational(table) or explicit_role(table) not in {"", "table", "grid"}:
            continue
        cells = grid(page.document, table)
        full = [cell for cell in cells.cells if not is_empty(page.document, cell.element)]
        if len(cells.rows) > 1 and cells.columns > 1 and len(full) > 3 and not arranges(page.document, cells):
            yield table


def expect(page: Page, target: Element) -> Result:
    cells = grid(page.document, target)
    if cells.headers or any(cell.element.role in _HEADERS for cell in cells.cells):
        return passed(headers=len(cells.headers))
    # Bold type in the first row or column, or a caption, says that the author means data.
    if cells.caption is not None or _set_apart(page, cells) or _is_data(page, cells):
        return failed(
            f"This table has {len(cells.rows)} rows, and none of its cells is a header (th).",
            "Make the cells of the first row header cells: in Markdown the line of dashes below them does it.",
            rows=len(cells.rows),
            columns=cells.columns,
        )
    return ask(
        f"This table of {len(cells.rows)} rows and {cells.columns} columns has no header cell. Does it contain data?",
        'If so, give it header cells; if it arranges the page, give it role="presentation".',
        rows=len(cells.rows),
        columns=cells.columns,
    )


def _is_data(page: Page, table: Grid) -> bool:
    """Whether it is a grid of short texts, as no layout is: many rows and columns, each cell a word or a number."""
    texts = [page.document.visible_text(cell.element) for cell in table.cells]
    full = [text for text in texts if text]
    if len(table.rows) < LEAST_ROWS or table.columns < LEAST_COLUMNS or len(full) < FULL * len(texts):
        return False
    inner = [each for cell in table.cells for each in page.document.descendants(cell.element)]
    return all(len(text) <= SHORT for text in full) and not any(each.tag in _PLACED for each in inner)


def _set_apart(page: Page, table: Grid) -> bool:
    """Whether the first row or the first column, and only that, is wholly bold."""
    bold = {(cell.row, cell.column): _is_bold(page, cell.element) for cell in table.cells}
    for first, rest in (
        ([b for (row, _), b in bold.items() if row == 0], [b for (row, _), b in bold.items() if row]),
        ([b for (_, column), b in bold.items() if column == 0], [b for (_, column), b in bold.items() if column]),
    ):
        if all(first) and not any(rest):
            return True
    return False


def _is_bold(page: Page, cell: Element) -> bool:
    weights = [owner.style.get("font-weight", "400") for owner, run in page.document.runs(cell) if run.text.strip()]
    return bool(weights) and all(weight.isdecimal() and int(weight) >= 600 for weight in weights)
