"""Boxes are drawn as a table of data, and are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

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
#: And where only their places make a table of them, they are shorter still, and hold nothing but text.
LONGEST_VALUE = 6
_NO_VALUES = frozenset(
    {"button", "checkbox", "combobox", "heading", "image", "img", "link", "list", "radio", "table", "textbox"}
)
_ROWS = frozenset({"flex", "grid", "contents"})
#: Pairs and lists have a structure of their own.
_OTHERWISE = frozenset({"table", "html", "body", "dl", "ul", "ol"})


def applies(page: Page) -> Iterable[Element]:
    """Elements that style lays out as a table with at least two rows and columns of words, or as a grid of values."""
    for element in page.document:
        if (
            element.rendered
            and element.exposed
            and element.tag not in _OTHERWISE
            and (len(_rows(page.document, element)) > 1 or _placed(page.document, element))
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


def _placed(document: Document, element: Element) -> list[list[Element]]:
    """Rows of short texts that a grid, or rows of flexible boxes, set in columns and that look like data; else nothing."""
    if (element.get("role") or "") or document.closest(element, lambda each: each.tag in {"ul", "ol", "dl", "table"}):
        return []
    if element.style.get("display") in {"grid", "inline-grid"}:
        rows = _by_line(_boxes(document, element))
    else:
        rows = [list(_boxes(document, each)) for each in _run(document, element)]
    if len(rows) < 3 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return []
    if not all(_is_value(document, cell) for row in rows for cell in row) or not _in_columns(rows):
        return []
    return rows if _look_like_data(document, rows) else []


def _run(document: Document, element: Element) -> list[Element]:
    """The longest run of parts, one after another, that are rows of flexible boxes or of a grid."""
    runs = [
        list(group)
        for laid, group in groupby(document.children(element), lambda each: each.style.get("display") in _ROWS)
        if laid
    ]
    return max(runs, key=len, default=[])


def _boxes(document: Document, element: Element) -> Iterator[Element]:
    for each in document.children(element):
        if each.style.get("display") == "contents":
            yield from _boxes(document, each)
        elif each.rendered and each.box is not None and each.style.get("position") not in {"absolute", "fixed"}:
            yield each


def _by_line(cells: Iterable[Element]) -> list[list[Element]]:
    rows: list[list[Element]] = []
    for cell in cells:
        box, last = cell.box, rows[-1][-1].box if rows else None
        assert box is not None
        if last is not None and last.y <= box.y + box.height / 2 <= last.bottom and box.x >= last.right - 1:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _is_value(document: Document, cell: Element) -> bool:
    inside = [cell, *document.descendants(cell)]
    return 0 < len(words(document.visible_text(cell))) <= LONGEST_VALUE and not any(
        each.role in _NO_VALUES for each in inside
    )


def _in_columns(rows: list[list[Element]]) -> bool:
    for column in zip(*rows, strict=True):
        boxes = [cell.box for cell in column if cell.box is not None]
        lefts, rights = [box.x for box in boxes], [box.right for box in boxes]
        if max(lefts) - min(lefts) > 2 and max(rights) - min(rights) > 2:
            return False
    return True


def _look_like_data(document: Document, rows: list[list[Element]]) -> bool:
    """Whether the first row is set apart like headers, or a column holds numbers."""
    bold = [all(_is_bold(cell, document) for cell in row) for row in rows]
    counted = any(
        sum(any(sign.isdigit() for sign in document.visible_text(cell)) for cell in column[1:]) * 2 > len(column) - 1
        for column in list(zip(*rows, strict=True))[1:]
    )
    return (bold[0] and not any(bold[1:])) or counted


def _is_bold(cell: Element, document: Document) -> bool:
    weights = [owner.style.get("font-weight", "400") for owner, run in document.runs(cell) if run.text.strip()]
    return bool(weights) and all(weight.isdecimal() and int(weight) >= 600 for weight in weights)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    rows = _rows(document, target) or _placed(document, target)
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
