"""Which elements own which in the accessibility tree (WAI-ARIA 1.2, "Accessibility Child" and "Parent")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.model.document import Document, Element
from audit.semantics.derived_facts import remembered
from audit.semantics.tables import explicit_role

#: Roles through which ownership passes: they have no meaning of their own.
TRANSPARENT = frozenset({"generic", "none", "presentation", ""})


#: States and properties that every element may have. One of them makes a ``div`` an element of
#: its own in the accessibility tree, and ownership ends there.
_GLOBAL = frozenset(
    {"aria-atomic", "aria-busy", "aria-controls", "aria-current", "aria-describedby", "aria-description"}
    | {"aria-details", "aria-flowto", "aria-keyshortcuts", "aria-label", "aria-labelledby", "aria-live"}
    | {"aria-owns", "aria-relevant", "aria-roledescription"}
)


#: WAI-ARIA 1.2, "Required Owned Elements"; ``group`` stands for a group of the same.
REQUIRED = {
    "feed": {"article"},
    "grid": {"row", "rowgroup", "caption"},
    "list": {"listitem"},
    "listbox": {"option", "group"},
    "menu": {"menuitem", "menuitemcheckbox", "menuitemradio", "group", "separator"},
    "menubar": {"menuitem", "menuitemcheckbox", "menuitemradio", "group", "separator"},
    "row": {"cell", "columnheader", "gridcell", "rowheader"},
    "rowgroup": {"row"},
    "table": {"row", "rowgroup", "caption"},
    "tablist": {"tab"},
    "tree": {"treeitem", "group"},
    "treegrid": {"row", "rowgroup", "caption"},
}
#: How a person calls what ARIA names in one word; the other roles are words already.
_IN_WORDS = {
    "columnheader": "column header",
    "gridcell": "cell",
    "listbox": "list box",
    "listitem": "list item",
    "menubar": "menu bar",
    "menuitem": "menu item",
    "menuitemcheckbox": "menu item",
    "menuitemradio": "menu item",
    "rowgroup": "row group",
    "rowheader": "row header",
    "tablist": "tab list",
    "treegrid": "tree grid",
    "treeitem": "tree item",
}
#: Elements that bring the role with them; the rest of a native table is put right by the browser.
_NATIVE = frozenset({"ul", "ol", "menu"})
#: A list in a description list, a listbox of a select, a data list: the browser's own.
_OWN = frozenset({"select", "datalist", "dl"})


def role_in_words(role: str) -> str:
    """The role as words of a sentence: ``list item`` for ``listitem``."""
    return _IN_WORDS.get(role, role)


def is_native(element: Element) -> bool:
    """Whether the role of a container comes from the element itself."""
    return element.tag in _NATIVE and not explicit_role(element)


def is_container(element: Element) -> bool:
    """Whether it is exposed with a role that needs items, by its attribute or as a native list, and not being filled."""
    role = element.role
    if not element.exposed or role not in REQUIRED or element.tag in _OWN or element.get("aria-busy") == "true":
        return False
    return explicit_role(element) == role or is_native(element)


def is_transparent(element: Element) -> bool:
    """Whether ownership passes through the element."""
    return element.role in TRANSPARENT and not _GLOBAL & element.attributes.keys()


def owned(document: Document, element: Element) -> Iterator[Element]:
    """The exposed elements with a role that the element owns, through elements without one, and by ``aria-owns``."""
    yield from _owned(document, element, set())


def _owned(document: Document, element: Element, seen: set[int]) -> Iterator[Element]:
    if element.index in seen:
        return
    seen.add(element.index)
    elsewhere = claimed(document)
    children = [
        child for child in document.children(element) if elsewhere.get(child.index, element.index) == element.index
    ]
    for child in (*children, *document.referred(element, "aria-owns")):
        if not child.exposed:
            continue
        if is_transparent(child):
            yield from _owned(document, child, seen)
        else:
            yield child


@remembered
def claimed(document: Document) -> Mapping[int, int]:
    """For each element that some ``aria-owns`` names, the index of the first element that does."""
    table: dict[int, int] = {}
    for element in document:
        if element.has("aria-owns"):
            for other in document.referred(element, "aria-owns"):
                table.setdefault(other.index, element.index)
    return table


def owner(document: Document, element: Element) -> Element | None:
    """The nearest element with a role that owns this one; ``None`` at the top."""
    elsewhere = claimed(document)
    at = element
    for _ in range(len(document.elements)):
        above = document[elsewhere[at.index]] if at.index in elsewhere else document.parent(at)
        if above is None or not is_transparent(above):
            return above
        at = above
    return None
