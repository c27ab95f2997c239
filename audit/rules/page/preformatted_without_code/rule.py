"""Preformatted text is not marked as code or output; it may be a drawing or a table in characters."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Preformatted text of unknown kind",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads a drawing or table made of characters sign by sign, and long lines do not wrap when enlarged.",
    since="0.1.0",
    best_practice=True,
)
_KINDS = frozenset({"code", "samp", "kbd", "var"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed preformatted blocks with text."""
    for element in page.document.tags("pre"):
        if element.exposed and page.document.text(element):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    if any(inner.tag in _KINDS for inner in document.descendants(target)):
        return passed()
    # As an image with a name, a drawing in characters has its alternative; poems may be set like this in a figure.
    if target.role == "image" or document.closest(target, lambda each: each.tag in {*_KINDS, "figure"}) is not None:
        return passed()
    return failed(
        f"This block keeps its spaces and lines but does not say what it is: “{document.text(target)[:50]}”.",
        "Source code goes into code inside pre (three back quotes in Markdown). A table becomes a table, a drawing an image with an alternative.",
    )
