"""Which elements own which in the accessibility tree (WAI-ARIA 1.2, "Accessibility Child" and "Parent")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.model.document import Document, Element
from audit.semantics.derived_facts import remembered

#: Roles through which ownership passes: they have no meaning of their own.
TRANSPARENT = frozenset({"generic", "none", "presentation", ""})


#: States and properties that every element may have. One of them makes a ``div`` an element of
#: its own in the accessibility tree, and ownership ends there.
_GLOBAL = frozenset(
    {"aria-atomic", "aria-busy", "aria-controls", "aria-current", "aria-describedby", "aria-description"}
    | {"aria-details", "aria-flowto", "aria-keyshortcuts", "aria-label", "aria-labelledby", "aria-live"}
    | {"aria-owns", "aria-relevant", "aria-roledescription"}
)


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
