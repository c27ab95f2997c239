"""A data table stands inside a cell of another data table."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import arranges, grid, is_presentational
from audit.semantics.words import counted

RULE = Rule(
    title="A table inside a table",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader counts rows and columns anew inside the cell, and the listener loses the place in both tables.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Tables that assistive technology meets as tables, inside a cell of another table."""
    document = page.document
    for table in document.tags("table"):
        if table.exposed and not is_presentational(table) and _outer(page, table) is not None:
            yield table


def expect(page: Page, target: Element) -> Result:
    outer = _outer(page, target)
    assert outer is not None
    # A layout table around a data table is its own fault (layout-table), not this one.
    if is_presentational(outer) or arranges(page.document, grid(page.document, outer)):
        return passed(outer=outer.selector)
    return failed(
        f"A table of {counted(len(grid(page.document, target).rows), 'row', 'rows')} is in a cell of another table.",
        "Take the inner table out: give it its own heading or caption and put it after the other table, "
        "or write its rows as rows of the outer one.",
        outer=outer.selector,
    )


def _outer(page: Page, table: Element) -> Element | None:
    return next((above for above in page.document.ancestors(table) if above.tag == "table"), None)
