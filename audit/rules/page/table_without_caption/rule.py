"""A data table has no caption, no name, and no heading directly above it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import grid, is_one_row_of_prose, is_presentational

RULE = Rule(
    title="A table without a caption",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who go from table to table with a screen reader hear “table” and its size, but not what it is about.",
    since="0.1.0",
    best_practice=True,
)
_WRAPPERS = frozenset({"div", "figure", "section"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed tables with header cells and at least two rows. Whether one row of parts of the page is data is asked first."""
    for table in page.document.tags("table"):
        if table.exposed and table.rendered and not is_presentational(table):
            cells = grid(page.document, table)
            if cells.headers and len(cells.rows) > 1 and not is_one_row_of_prose(page.document, cells):
                yield table


def expect(page: Page, target: Element) -> Result:
    document = page.document
    caption = grid(document, target).caption
    if caption is not None and document.exposed_text(caption):
        return passed(caption=document.text(caption))
    if target.name.strip():
        return passed(name=target.name)
    figure = next((above for above in document.ancestors(target) if above.tag == "figure"), None)
    if figure is not None and any(child.tag == "figcaption" for child in document.children(figure)):
        return passed(caption="figcaption")
    # A heading directly above says what the table is about, to everybody.
    heading = _heading_above(page, target)
    if heading is not None:
        return passed(heading=document.text(heading))
    headers = ", ".join(f"“{document.text(cell.element)}”" for cell in grid(document, target).headers[:3])
    return failed(
        f"This table has no caption (its first headers: {headers}).",
        "Write what the table shows as a heading directly above it, or give it a caption.",
        has_caption=caption is not None,
    )


def _heading_above(page: Page, table: Element) -> Element | None:
    document = page.document
    at = table
    while (parent := document.parent(at)) is not None:
        before = [child for child in document.children(parent) if child.index < at.index and child.exposed]
        if before:
            return before[-1] if before[-1].tag in _HEADINGS else None
        if parent.tag not in _WRAPPERS:
            return None
        at = parent
    return None
