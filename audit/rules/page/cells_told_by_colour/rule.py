"""Cells of a table say something by their colour and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.painted_cells import cells_told_by_colour, empty_cells
from audit.semantics.tables import grid, is_presentational

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
            and len(empty_cells(document, grid(document, table))) > 1
        ):
            yield table


def expect(page: Page, target: Element) -> Result:
    document = page.document
    table = grid(document, target)
    painted = cells_told_by_colour(document, table)
    if not painted:
        return passed(empty=len(empty_cells(document, table)))
    shades = sorted({shade for _, shade in painted})
    return ask(
        f"{len(painted)} cells of this table are empty and have {len(shades)} colours ({', '.join(shades[:4])}). What do they say, and where is it said in words?",
        "Write a word into each cell; the colour may stay.",
        cells=len(painted),
        colours=shades[:6],
    )
