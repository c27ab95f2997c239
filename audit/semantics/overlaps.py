"""Whether an element may lie on something that is none of its ancestors: then styles do not tell what is behind it."""

from __future__ import annotations

from audit.model.document import Document, Element
from audit.semantics import colour

_PICTURES = frozenset({"img", "picture", "video", "canvas", "iframe", "object", "embed"})


def lies_on_another(document: Document, element: Element) -> bool:
    """Whether anything that paints, and neither holds the element nor stands in it, shares its place and is painted before it."""
    box = element.box
    if box is None:
        return False
    above = {each.index for each in document.ancestors(element)} | {element.index}
    for other in document:
        if other.index in above or other.box is None or not other.rendered or not _paints(other):
            continue
        if (
            other.paint_order <= element.paint_order
            and box.overlaps(other.box)
            and not document.contains(element, other)
        ):
            return True
    return False


def _paints(element: Element) -> bool:
    if element.tag in _PICTURES or element.style.get("background-image", "none") != "none":
        return True
    back = colour.parse(element.style.get("background-color", "rgba(0, 0, 0, 0)"))
    return back is None or back.alpha > 0
