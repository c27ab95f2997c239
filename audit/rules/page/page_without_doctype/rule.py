"""The page does not say that it is HTML of today, and browsers show it as in 1998."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A page without doctype",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="Browsers fall back to old rules for sizes and tables, and text that people enlarge may not grow everywhere.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element | None]:
    """The page, when it is HTML."""
    if page.document.root.tag == "html":
        yield None


def expect(page: Page, target: Element | None) -> Result:
    if not page.observed.quirks:
        return passed()
    return failed(
        "The page has no doctype, or an outdated one: the browser shows it in quirks mode.",
        "Begin the template with <!DOCTYPE html>.",
    )
