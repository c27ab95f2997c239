"""Which texts and links look alike, so that a slow question of colour is asked once for all of them.

What is put together has the same colours, size and weight, stands on the same plain colour,
and shares everything else on which the answer may depend. Whatever is over a picture, faded,
cut off, switched off or crossed by something else stands alone, and so does what a script has made.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from audit.model.document import Box, Document, Element
from audit.model.finding import Json
from audit.semantics import colour

_TEXT = (
    "color",
    "-webkit-text-fill-color",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "text-decoration-line",
    "text-shadow",
    "text-transform",
    "position",
    "display",
)
#: What tells a link from the text around it, besides these.
_APART = (
    "background-color",
    "background-image",
    *(f"{edge}-{what}" for edge in ("border-bottom", "border-top", "outline") for what in ("color", "style", "width")),
    "text-decoration-style",
    "text-decoration-color",
)
#: What axe-core takes for a block around a link, besides parts of tables.
_BLOCKS = frozenset({"block", "list-item", "flex", "grid"})
#: What is written into these stands in no element.
_FIELDS = frozenset({"input", "select", "textarea"})
_NO_TEXT = frozenset({"script", "style", "title", "noscript", "template", "option"})


@dataclass(frozen=True, slots=True)
class Look:
    """Elements that look alike, in document order. ``key``: equal for all that look so, on any page with the same
    style sheets; ``None`` for what stands alone.
    """

    elements: tuple[Element, ...]
    key: tuple[Json, ...] | None


def alike(document: Document, alone: Container[int]) -> tuple[Look, ...] | None:
    """The looks of elements with text of their own, of fields and of links.

    ``alone``: indexes of elements that nothing else speaks for. ``None`` where elements cannot
    be named by their ordinal in the file (frames, shadow trees), or some control is switched
    off, which concerns texts that lie elsewhere.
    """
    groups: dict[tuple[Json, ...], list[Element]] = {}
    for element in document:
        if element.frame is not None or element.shadow:
            return None
        if element.has("disabled") or element.has("aria-disabled") or element.has("inert"):
            return None
        if not element.rendered or element.tag in _NO_TEXT:
            continue
        own = "".join(child.text for child in element.content if not isinstance(child, int)).strip()
        if not own and element.role != "link" and element.tag not in _FIELDS:
            continue
        if element.static is None:
            # What a script has made is looked at with that into which it was put.
            above = next((each for each in document.ancestors(element) if each.static is not None), None)
            if above is None:
                return None
            groups[above.index, "made"] = [above]
        else:
            by_itself = element.index in alone or element.tag in _FIELDS
            key = None if by_itself else _look(document, element, own)
            groups.setdefault(key or (element.index,), []).append(element)
    # A key of a look begins with a tag, one of an element by itself with its index.
    return tuple(Look(tuple(group), key if isinstance(key[0], str) else None) for key, group in groups.items())


def canvas(document: Document) -> tuple[str | None, ...]:
    """What decides the colours of a page that sets none."""
    schemes = (each.get("content") for each in document.tags("meta") if each.get("name") == "color-scheme")
    return (document.root.style.get("color-scheme"), *schemes)


def _look(document: Document, element: Element, own: str) -> tuple[Json, ...] | None:
    """What it shares with all that look like it; ``None`` when it stands alone."""
    box = element.box
    if box is None or box.width <= 2 or box.height <= 2 or box.x < 0 or box.y < 0:
        return None
    parts: list[Json] = [element.tag, element.role, min(len(own), 2), any(map(str.isalnum, own))]
    parts += [element.style.get(name) for name in _TEXT]
    solid = False
    for above in _line(document, element):
        style = above.style
        if above.tag in {"label", "svg"} or style.get("clip", "auto") != "auto" or style.get("clip-path") != "none":
            return None
        if above.index and _cuts(above) and (above.box is None or not _holds(above.box, box)):
            return None
        parts += _painted_beside(above)
        if not solid:
            parts.append(style.get("background-color"))
            background = colour.parse(style.get("background-color", ""))
            solid = background is not None and background.alpha == 1
        if above.role == "link":
            # What tells a link from its surroundings depends on the block in which it stands.
            parts += [above.tag, *_surroundings(document, above)]
    return tuple(parts)


def _painted_beside(element: Element) -> Iterator[Json]:
    """What ``::before`` and ``::after`` paint, where it may lie behind the text."""
    for each in element.pseudo:
        style = each.style
        background = colour.parse(style.get("background-color", ""))
        paints = style.get("background-image", "none") != "none" or background is None or background.alpha > 0
        if each.kind in {"before", "after"} and paints and each.box and element.box:
            share = each.box.area / element.box.area if element.box.area else 1.0
            yield from (each.kind, style.get("background-color"), style.get("background-image"), round(share, 1))


def _line(document: Document, element: Element) -> Iterator[Element]:
    yield element
    yield from document.ancestors(element)


def _cuts(element: Element) -> bool:
    style = element.style
    return element.tag != "body" and (style.get("overflow-x") != "visible" or style.get("overflow-y") != "visible")


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x <= inner.x + 1
        and outer.y <= inner.y + 1
        and outer.right >= inner.right - 1
        and outer.bottom >= inner.bottom - 1
    )


def _surroundings(document: Document, link: Element) -> Iterator[Json]:
    """How a link and the block around it are drawn when the block has other text; nothing when it has none."""
    between = [link]
    says = False
    for above in document.ancestors(link):
        between.append(above)
        says = says or any(not isinstance(child, int) and child.text.strip() for child in above.content)
        display = above.style.get("display", "")
        if display not in _BLOCKS and not display.startswith("table"):
            continue
        says = says or any(_says(document, child) for child in document.children(above) if child.index != link.index)
        break
    if says:
        for each in between:
            yield each.tag
            yield from (each.style.get(name) for name in (*_TEXT, *_APART))
            yield from (part for pseudo in each.pseudo for part in (pseudo.kind, pseudo.text))


def _says(document: Document, element: Element) -> bool:
    return element.rendered and element.role != "link" and bool(document.visible_text(element))
