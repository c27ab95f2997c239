"""A role takes the structure away from a table, list or heading that is one to the eye."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.tables import explicit_role, grid, is_presentational

RULE = Rule(
    title="A role takes the structure away",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="A screen reader no longer tells which heading a cell belongs to, how many items there are, or where a part begins.",
    since="0.1.0",
    covers=("heading-in-plain-text",),
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "menu", "dl"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered tables, lists and headings with role none or presentation, where the browser goes by it."""
    for element in page.document.tags("table", *_LISTS, *_HEADINGS):
        # A browser does not follow the role where the element takes focus or has names of its own.
        if element.rendered and is_presentational(element) and element.role in {"", "none", "generic", "presentation"}:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    role, text = explicit_role(target), document.visible_text(target)[:60]
    fix = f"Take role=“{role}” away."
    if not text:
        return passed()
    if target.tag == "table":
        cells = grid(document, target)
        marks = (
            cells.headers
            or cells.caption is not None
            or any(cell.element.has("scope") or cell.element.has("headers") for cell in cells.cells)
        )
        if not marks or len(cells.cells) < 2:
            return passed()
        return failed(
            f"This table has {'header cells' if cells.headers else 'a caption' if cells.caption else 'cells that name their headers'} "
            f"and role=“{role}”, which takes them away: “{text}”.",
            f"{fix} If the table only arranges the page, make its header cells plain cells.",
        )
    if target.tag in _HEADINGS:
        return failed(
            f"“{text}” is marked as a heading, and role=“{role}” takes that away.",
            f"{fix} If it is none, write a paragraph.",
        )
    items = [each for each in document.children(target) if each.tag in {"li", "dt"} and document.visible_text(each)]
    plain = [each for each in items if not any(explicit_role(part) for part in (each, *document.children(each)))]
    if len(plain) < 2:
        return passed()
    if any(each.style.get("list-style-type", "none") != "none" for each in plain if each.tag == "li"):
        return failed(f"This list shows its items with marks, and role=“{role}” takes the list away: “{text}”.", fix)
    return ask(
        f"This list has role=“{role}”, so nobody hears of how many items it is: “{text}”. Is it not a list?", fix
    )
