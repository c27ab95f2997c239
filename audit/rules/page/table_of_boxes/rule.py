"""Boxes are drawn as a table of data, and are none."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import words

RULE = Rule(
    title="Is this a table of data?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="A screen reader does not say which row and column a word belongs to, and cannot move by columns.",
    since="0.1.0",
)
#: Cells of data are short; parts of a page are not.
LONGEST = 12
#: Pairs and lists have a structure of their own.
_OTHERWISE = frozenset({"table", "html", "body", "dl", "ul", "ol"})


def applies(page: Page) -> Iterable[Element]:
    """Elements that style lays out as a table with at least two rows and columns of words, without table elements."""
    for element in page.document:
        if (
            element.rendered
            and element.exposed
            and element.tag not in _OTHERWISE
            and len(_rows(page.document, element)) > 1
        ):
            yield element


def _rows(document: Document, element: Element) -> list[list[Element]]:
    if element.style.get("display") != "table" or (element.get("role") or "") in {"table", "grid", "treegrid"}:
        return []
    rows = []
    for group in document.children(element):
        inner = document.children(group) if group.style.get("display", "").endswith("-group") else (group,)
        for row in inner:
            cells = [
                each
                for each in document.children(row)
                if each.style.get("display") == "table-cell" and words(document.visible_text(each))
            ]
            if row.style.get("display") == "table-row" and len(cells) > 1:
                rows.append(cells)
    return rows


def expect(page: Page, target: Element) -> Result:
    document = page.document
    rows = _rows(document, target)
    even = len({len(row) for row in rows}) == 1
    short = all(len(words(document.visible_text(cell))) <= LONGEST for row in rows for cell in row)
    fields = any(each.tag in {"input", "select", "textarea", "label"} for each in document.descendants(target))
    if not (even and short) or fields:
        return passed(rows=len(rows))
    first = " | ".join(document.visible_text(cell)[:20] for cell in rows[0])
    return ask(
        f"{len(rows)} rows of {len(rows[0])} boxes are laid out as a table, the first “{first}”. Do rows and columns have a meaning?",
        "If so, use <table> with <th> for the headers.",
        rows=len(rows),
    )
