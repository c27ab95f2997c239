"""A table that arranges the page has header cells, a caption or a summary."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.tables import (
    Grid,
    arranges_despite_markup,
    grid,
    is_one_row_of_prose,
    is_presentational,
    says_data,
)

RULE = Rule(
    title="Layout table marked up as data",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="A screen reader names headers for parts of the page that are not data, and people look for a table that is not there.",
    since="0.1.0",
    covers=("table-without-caption", "table-without-headers"),
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed tables whose markup says that they hold data."""
    for table in page.document.tags("table"):
        if table.rendered and table.exposed and not is_presentational(table) and says_data(grid(page.document, table)):
            yield table


def expect(page: Page, target: Element) -> Result:
    cells = grid(page.document, target)
    if not arranges_despite_markup(page.document, cells):
        if is_one_row_of_prose(page.document, cells):
            return ask(
                "This table has a single row of parts of the page, with a header. Are these data, or does it only set them beside each other?",
                "If they are not data, arrange them with CSS.",
            )
        return passed(headers=len(cells.headers))
    return failed(
        f"This table arranges parts of the page, and has {_markup(cells)} as if it held data.",
        'Arrange the parts with CSS. Until then make it a plain table with role="presentation": td instead of th, '
        "no caption, no summary.",
        headers=len(cells.headers),
        caption=cells.caption is not None,
    )


def _markup(cells: Grid) -> str:
    found = ["header cells"] if cells.headers else []
    found += ["a caption"] if cells.caption is not None else []
    found += ["a summary"] if (cells.table.get("summary") or "").strip() else []
    return " and ".join(found) or "the role of a table"
