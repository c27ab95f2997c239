"""Links within the lines of a text, which must be told from the words around them (WCAG 1.4.1)."""

from __future__ import annotations

from audit.model.document import Document, Element
from audit.semantics.words import words

#: What moves or acts, and is known by its place.
_APART = frozenset({"navigation", "menu", "tablist", "button"})
#: So many words beside a link make a text.
LEAST = 2


def text_around(document: Document, link: Element) -> Element | None:
    """The element whose own lines hold text beside the link; ``None`` when there is none."""
    if document.closest(link, lambda each: each.tag == "nav" or each.role in _APART):
        return None
    block = next((above for above in document.ancestors(link) if not _is_inline(above)), None)
    if block is None:
        return None
    loose = "".join(
        run.text
        for owner, run in document.runs(block)
        if owner.rendered
        and _is_in_line_with(document, block, owner)
        and document.closest(owner, lambda each: each.role == "link" or each.tag in {"a", "button", "label"}) is None
    )
    return block if len(words(loose)) >= LEAST else None


def _is_inline(element: Element) -> bool:
    return element.style.get("display", "inline").startswith(("inline", "contents", "ruby"))


def _is_in_line_with(document: Document, block: Element, owner: Element) -> bool:
    """Whether the text stands in the block's own lines, and not in a paragraph of its own inside it."""
    for each in (owner, *document.ancestors(owner)):
        if each.index == block.index:
            return True
        if not _is_inline(each):
            return False
    return False
