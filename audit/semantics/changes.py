"""What changes by itself while nobody does anything, and what of it is told of its parts as well."""

from __future__ import annotations

from audit.model.document import Element
from audit.model.page import Page


def keeps_changing(page: Page) -> frozenset[int]:
    """The nodes whose text, or the part of them that is shown, changed again and again, and not all at one time."""
    return frozenset(
        each.node
        for each in page.changes or ()
        if each.kind == "text" and each.detail == "more than once" and each.duration and each.node is not None
    )


def takes_turns(page: Page, element: Element) -> bool:
    """Whether it is shown in turn with others beside it: what holds them keeps changing, and is told once."""
    around = page.document.parent(element)
    return around is not None and around.node in keeps_changing(page)
