"""A table arranges parts of the page and is exposed as a table of data."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import arranges, grid, is_presentational
from audit.semantics.words import counted

RULE = Rule(
    title="A table used for layout",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="A screen reader announces rows and columns that mean nothing, and on a small screen the page cannot reflow.",
    since="0.1.0",
    covers=("table-without-headers", "table-fake-caption"),
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered tables whose cells hold parts of a page, with nothing that says they hold data."""
    for table in page.document.tags("table"):
        if table.rendered and arranges(page.document, grid(page.document, table)):
            yield table


def expect(page: Page, target: Element) -> Result:
    # With the role it is no table to assistive technology: H-techniques allow it, though CSS is better.
    if is_presentational(target) or not target.exposed:
        return passed()
    cells = grid(page.document, target)
    return failed(
        f"This table of {counted(len(cells.rows), 'row', 'rows')} and {counted(cells.columns, 'column', 'columns')} has no headers and arranges parts of the page.",
        'Arrange the parts with CSS (grid or flex). Until then give the table role="presentation".',
        rows=len(cells.rows),
        columns=cells.columns,
    )
