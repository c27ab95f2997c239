"""Focus outlines of which computed style alone says what they change: drawn on a plain colour, for the most part unhidden.

The pixels of one such outline are compared (:mod:`audit.capture.indicators`); where another element of another page has
the same look, the same ancestors and an outline just as plain, its pixels can say nothing else. Where something else is
painted across a part of it, or an ancestor cuts a part off, only the rest counts, and it has to be enough by itself. What
is not plain in every respect asked here is told by its own pixels, on each page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from audit.model.document import Box, Document, Element
from audit.model.finding import Json
from audit.semantics import colour
from audit.semantics.backdrops import paints

#: The least width in CSS px and contrast ratio (WCAG 2.2, 2.4.13) of an outline that nobody could take for none.
WIDTH, CONTRAST = 2.0, 3.0
#: How far a box with focus may be from where it is without, in CSS px: no further than fractions of a pixel.
MOVED = 0.6
#: The least share of an outline that nothing crosses or cuts off, and the least area of that part in square CSS px: far
#: more than anybody asks of an indicator (:mod:`audit.rules.interaction.invisible_focus.rule`).
FREE, LEAST = 0.25, 60.0

#: What makes an element, or anything in it, look otherwise than its own style says, with the value that does not.
_PLAIN = {
    "filter": "none",
    "mix-blend-mode": "normal",
    "opacity": "1",
    "clip": "auto",
    "clip-path": "none",
    "transform": "none",
    "rotate": "none",
    "content-visibility": "visible",
}
#: Events in which a script can act on focus.
_FOCUS_EVENTS = frozenset({"focus", "focusin", "blur", "focusout"})


@dataclass(frozen=True, slots=True)
class Outline:
    """``key``: equal for elements whose outlines are drawn alike. ``pixels``, ``contrast``: what style says they change."""

    key: tuple[Json, ...]
    pixels: int
    contrast: float


class Outlines:
    """The plain outlines of one document. ``heard``: every event that window or document listens to."""

    def __init__(self, document: Document, heard: tuple[str, ...]) -> None:
        self._document = document
        self._acts = bool(_FOCUS_EVENTS.intersection(heard))
        drawn = [(each, box) for each in document if each.rendered for box in _painted(each)]
        self._painted = [each for each, _ in drawn]
        self._edges = np.array([(box.x, box.y, box.right, box.bottom) for _, box in drawn]).reshape(-1, 4)

    def of(self, element: Element, focused: Mapping[str, str], place: Box) -> Outline | None:
        """The outline of an element, ``focused`` its style and ``place`` its box with focus; ``None``: it is not plain."""
        box = element.box
        if box is None or self._acts or element.frame is not None or element.shadow or not _is_still(box, place):
            return None
        width, offset = _pixels(focused.get("outline-width")), _pixels(focused.get("outline-offset"))
        front = colour.parse(focused.get("outline-color", ""))
        if focused.get("outline-style") != "solid" or width < WIDTH or offset < 0 or front is None or front.alpha < 1:
            return None
        if any(focused.get(name, _PLAIN[name]) != _PLAIN[name] for name in ("filter", "opacity", "transform")):
            return None
        reach = width + offset
        ring = Box(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach)
        if ring.x < 0 or ring.y < 0 or ring.right > self._document.width:
            return None
        line = (element, *self._document.ancestors(element))
        if not all(_is_plain(each, ring) for each in line) or (crossing := self._crossing(line, ring)) is None:
            return None
        back, within = _behind(line)
        if back is None or (ratio := colour.contrast(front, back)) < CONTRAST:
            return None
        around = int(2 * width * (box.width + box.height + 2 * offset))
        # An outline is not cut off by what its own element does with its content.
        holding = [within, *(each.box for each in line[1:] if _cuts(each))]
        taken = _taken(_sides(ring, width), [each for _, each in crossing], [each for each in holding if each])
        free = int(around - taken) if taken else around
        if taken and (free < FREE * around or free < LEAST):
            return None
        # What cuts off all that leaves it (``contain: paint``) does so for each that leaves it on the same sides.
        above = [(each.tag, each.get("class"), *_left(each.box, ring)) for each in line[1:]]
        across = sorted({f"{each.tag} {each.get('class')}" for each, _ in crossing})
        key = (back.hex, *(part for each in above for part in each), *across)
        return Outline(key, free, round(ratio, 2))

    def _crossing(self, line: tuple[Element, ...], ring: Box) -> list[tuple[Element, Box]] | None:
        """What is painted where the outline is, but for the element's ancestors and what is in it, and in which box.

        ``None``: one of these has a shadow or a filter, which paint beyond the box.
        """
        edges, own = self._edges, {each.index for each in line}
        hits = (
            (edges[:, 0] < ring.right) & (edges[:, 2] > ring.x) & (edges[:, 1] < ring.bottom) & (edges[:, 3] > ring.y)
        )
        found: list[tuple[Element, Box]] = []
        for at in np.flatnonzero(hits):
            each = self._painted[at]
            if each.index in own or self._document.contains(line[0], each):
                continue
            if any(each.style.get(name, "none") != "none" for name in ("box-shadow", "filter", "transform")):
                return None
            x, y, right, bottom = (float(edge) for edge in edges[at])
            found.append((each, Box(x, y, right - x, bottom - y)))
        return found


def _sides(ring: Box, width: float) -> tuple[Box, ...]:
    """The four lines of which an outline is made; the corners belong to those above and below."""
    inner = ring.height - 2 * width
    return (
        Box(ring.x, ring.y, ring.width, width),
        Box(ring.x, ring.bottom - width, ring.width, width),
        Box(ring.x, ring.y + width, width, inner),
        Box(ring.right - width, ring.y + width, width, inner),
    )


def _taken(sides: tuple[Box, ...], crossing: list[Box], holding: list[Box]) -> float:
    """At most how much of the outline, in square CSS px, is crossed by something or leaves what holds it."""
    taken = 0.0
    for side in sides:
        held = reduce(Box.within, holding, side)
        free = held.area - sum(held.within(each).area for each in crossing)
        taken += side.area - max(0.0, free)
    return taken


def _painted(element: Element) -> list[Box]:
    """Where the element, or what style makes in it, may hide what is below."""
    boxes = [each.box for each in element.pseudo if each.box is not None and each.box.area]
    return [*boxes, element.box] if element.box is not None and element.box.area and paints(element) else boxes


def _is_still(box: Box, place: Box) -> bool:
    sides = ((box.x, place.x), (box.y, place.y), (box.width, place.width), (box.height, place.height))
    return bool(box.area) and all(abs(one - two) <= MOVED for one, two in sides)


def _is_plain(element: Element, ring: Box) -> bool:
    """Whether what is in an element is drawn as its style says."""
    style = element.style
    if any(style.get(name, value) != value for name, value in _PLAIN.items()):
        return False
    return not any(_covers(each.box, ring) for each in element.pseudo)


def _cuts(element: Element) -> bool:
    """Whether what leaves the element is cut off."""
    style = element.style
    cuts = bool({style.get("overflow-x"), style.get("overflow-y")} - {"visible", None})
    return cuts and element.tag not in {"html", "body"}


def _covers(box: Box | None, ring: Box) -> bool:
    return box is not None and bool(box.area) and box.overlaps(ring) and box.area >= ring.area / 2


def _behind(line: tuple[Element, ...]) -> tuple[colour.Colour | None, Box | None]:
    """The one plain colour on which the outline lies, and the box that has it (``None``: the whole page).

    No colour: there is a picture, or a colour that lets others through.
    """
    for at, each in enumerate(line):
        if not paints(each) or at == 0:
            # The element's own colour ends where its outline begins.
            continue
        back = colour.parse(each.style.get("background-color", ""))
        plain = each.style.get("background-image", "none") == "none" and back is not None and back.alpha == 1
        return (back if plain else None), (None if each.tag in {"html", "body"} else each.box)
    return (colour.WHITE if line[-1].style.get("color-scheme", "normal") in {"normal", "light"} else None), None


def _left(box: Box | None, ring: Box) -> tuple[bool, bool, bool, bool]:
    """On which sides the outline leaves a box."""
    if box is None:
        return (True, True, True, True)
    return (ring.x < box.x, ring.y < box.y, ring.right > box.right, ring.bottom > box.bottom)


def _pixels(value: str | None) -> float:
    return float(value.removesuffix("px")) if value and value.endswith("px") else 0.0
