"""An item stands outside the container that its role needs."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.ownership import REQUIRED, is_container, owner, role_in_words
from audit.semantics.tables import explicit_role
from audit.semantics.words import indefinite

RULE = Rule(
    title="An item without its container",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",), act=("ff89c9",)),
    fixer=Fixer.THEME,
    why="A screen reader says “item” or “tab” and cannot say of how many, and its keys find no way to the next.",
    since="0.1.0",
    axe=("aria-required-parent",),
)
#: WAI-ARIA 1.2, "Required Context Role"; through a group, an item belongs to what owns the group.
CONTEXT = {
    "caption": {"figure", "grid", "table", "treegrid"},
    "cell": {"row"},
    "columnheader": {"row"},
    "gridcell": {"row"},
    "listitem": {"list", "directory"},
    "menuitem": {"menu", "menubar", "group"},
    "menuitemcheckbox": {"menu", "menubar", "group"},
    "menuitemradio": {"menu", "menubar", "group"},
    "option": {"listbox", "group"},
    "row": {"grid", "rowgroup", "table", "treegrid"},
    "rowgroup": {"grid", "table", "treegrid"},
    "rowheader": {"row"},
    "tab": {"tablist"},
    "treeitem": {"group", "tree", "treeitem"},
}


def applies(page: Page) -> Iterable[Element]:
    """Exposed elements that take such a role by their attribute."""
    for element in page.document:
        if element.exposed and explicit_role(element) in CONTEXT and element.role == explicit_role(element):
            yield element


def _is_told_of_container(document: Document, item: Element, above: Element) -> bool:
    """Whether what is wrong is the container, or list items in it that kept their role: told once, there
    (container-without-items).
    """
    if is_container(above):
        return True
    outer = owner(document, above) if above.role == "listitem" else None
    return outer is not None and is_container(outer) and item.role in REQUIRED[outer.role]


def expect(page: Page, target: Element) -> Result:
    wanted = CONTEXT[target.role]
    above = owner(page.document, target)
    if above is not None and (above.role in wanted or explicit_role(above) in wanted):
        return passed(container=above.role)
    if above is not None and _is_told_of_container(page.document, target, above):
        return passed(told_at=above.role)
    where = (
        f"in <{above.tag}>"
        + (f", {indefinite(role_in_words(above.role))}" if above.role not in {"", "generic", "none"} else "")
        if above is not None and above.tag not in {"html", "body"}
        else "by itself"
    )
    names = " or ".join(sorted({role_in_words(role) for role in wanted - {"directory"}}))
    return failed(
        f"The {role_in_words(target.role)} “{(target.name or page.document.text(target))[:50]}” is {where}; it belongs in {indefinite(names)}.",
        "Put it directly into its container, or name it in the container's aria-owns.",
        role=target.role,
        wanted=tuple(sorted(wanted)),
    )
