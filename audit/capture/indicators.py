"""What focus changes in the picture of the page: its indicator, in pixels (WCAG 2.4.7).

Elements that look alike are compared once, each where nothing lies on it: that a bar covers the focused
element is another fault (2.4.11), and none of the elements that look like it. What stands on many pages, such as the links of the
header and the footer, is compared once for all pages on which it is drawn just the same, and so is an outline of which
style alone says what it changes (:mod:`audit.capture.outlines`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audit.capture.opening import WIDE, OpenPage
from audit.capture.outlines import CONTRAST, Outline, Outlines
from audit.capture.page_elements import NOTES, script
from audit.capture.pixels import Pixels, beyond_a_pixel, difference, picture
from audit.model.document import Box, Document, Element
from audit.model.finding import Json
from audit.semantics import colour

#: Style properties by which focus is usually shown.
INDICATOR = (
    "background-color",
    "background-image",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "box-shadow",
    "color",
    "filter",
    "opacity",
    "outline-color",
    "outline-offset",
    "outline-style",
    "outline-width",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "transform",
)

#: How far around an element its indicator is looked for, in CSS px.
AROUND = 12
#: Fewer pixels than these are no indicator; then the whole window is looked at.
FEW = 6
#: Most elements of a page that are compared pixel by pixel.
COMPARED = 24

type _Part = tuple[slice, slice]
type _Kind = tuple[str, tuple[Json, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Focused:
    """An element that took focus; ``style`` its values of :data:`INDICATOR` while it had it, ``box`` where it was."""

    node: int
    style: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Indicator:
    """What focus changes: how many ``pixels``, the highest ``contrast`` ratio between the two states
    among them, and how many differ ``beyond`` a shift by one pixel.
    """

    pixels: int
    contrast: float
    beyond: int


NOTHING = Indicator(0, 1.0, 0)


def indicators(
    page: OpenPage, document: Document, stops: Sequence[Focused], drawn_by: str | None
) -> dict[int, Indicator]:
    """The indicator of each stop that could be compared, by node.

    ``drawn_by``: a digest of everything that draws the page and acts in it, under which the browser
    may have compared the same before; ``None``: nothing is known of it, everything is compared.
    """
    page.lie_still()
    alike: dict[tuple[Json, ...], Indicator] = {}
    found: dict[int, Indicator] = {}
    compared = 0
    still = _Still(page, document, drawn_by)
    for stop in stops:
        element = document.by_node.get(stop.node)
        if element is None or stop.node in found:
            continue
        unfocused = tuple(element.style.get(name, "") for name in INDICATOR)
        # An indicator elsewhere in the window can be each element's own.
        whole = unfocused == stop.style
        look = (stop.node,) if whole else _look(document, element, unfocused, stop.style)
        # What shows nothing is never taken for granted of another element.
        if look not in alike or alike[look].pixels < FEW:
            if compared >= COMPARED:
                continue
            compared += 1
            shown = still.compare(element, whole=True) if whole else still.compare_once(element, look, stop)
            if shown is None:
                # Focus cannot be taken away: there is no state without it to compare with.
                continue
            alike[look] = shown
        found[stop.node] = alike[look]
    return found


def _look(
    document: Document, element: Element, unfocused: tuple[str, ...], focused: tuple[str, ...]
) -> tuple[Json, ...]:
    behind: list[Json] = []
    cut: list[Json] = []
    clear = True
    for above in document.ancestors(element):
        style = above.style
        if clear:
            behind += [style.get("background-color"), style.get("background-image"), style.get("opacity")]
            clear = colour.parse(style.get("background-color", "")) is None or behind[-3] == "rgba(0, 0, 0, 0)"
        if above.tag not in {"html", "body"} and {style.get("overflow-x"), style.get("overflow-y")} - {"visible"}:
            cut += _room(element, above)
    return (element.tag, element.get("class"), element.get("type"), unfocused, focused, *behind, *cut)


def _room(element: Element, clip: Element) -> tuple[Json, ...]:
    """How much of what is drawn around the element lies within what cuts it off, on each side."""
    own, box = element.box, clip.box
    if own is None or box is None:
        return (clip.index,)
    sides = (own.x - box.x, own.y - box.y, box.right - own.right, box.bottom - own.bottom)
    return tuple(max(-1, min(AROUND, round(side))) for side in sides)


class _Still:
    """The window without focus, kept for as long as it is not scrolled.

    The whole window is drawn only when it is needed again, or the indicator may be anywhere in it;
    before that, the part around the element is enough and much cheaper.
    """

    def __init__(self, page: OpenPage, document: Document, drawn_by: str | None) -> None:
        self._page = page
        self._drawn_by = drawn_by
        self._outlines = None if drawn_by is None else Outlines(document, page.observed.listeners)
        self._scroll: tuple[float, float] | None = None
        self._before: Pixels | None = None
        self._first: Pixels | None = None

    def compare_once(self, element: Element, look: tuple[Json, ...], stop: Focused) -> Indicator | None:
        """As :meth:`compare`, or as it was for an element that stood on another page just the same.

        The same: all of style sheets and scripts, the look and the listeners of the element, and a plain outline, or
        else its size and every pixel around where it is when it has focus. What focus then changes is the same too.
        """
        if self._drawn_by is None or self._outlines is None or element.frame is not None:
            return self.compare(element)
        kind = (self._drawn_by, look, element.listeners)
        outline = self._outlines.of(element, dict(zip(INDICATOR, stop.style, strict=False)), stop.box)
        if outline is None:
            return self._compare_once(element, kind, stop.box)
        # Which page is opened first must make no difference: all are told what style says.
        said = Indicator(outline.pixels, outline.contrast, outline.pixels)
        known: dict[object, Indicator] = self._page.browser.indicators
        if (*kind, *outline.key) in known:
            return said
        shown = self._compare_once(element, kind, stop.box)
        if shown is None or not _is_as_said(shown, outline):
            return shown
        known[*kind, *outline.key] = said
        return said

    def _compare_once(self, element: Element, kind: _Kind, place: Box) -> Indicator | None:
        if place.bottom > WIDE.height:
            return self.compare(element, kind=kind)
        at = [place.x, place.y, place.width, place.height]
        key = _key(kind, at, self._first_screen()[_around(at)])
        known: dict[object, Indicator] = self._page.browser.indicators
        return known[key] if key in known else self.compare(element, kind=kind)

    def _first_screen(self) -> Pixels:
        if self._first is None:
            self._page.lie_still()
            self._first = picture(self._page.channel)
            # A script may hold focus on something: then it is no picture of the page without it.
            if self._page.channel.evaluate(f"{NOTES}.focused() === null"):
                self._before, self._scroll = self._first, (0.0, 0.0)
        return self._first

    def compare(self, element: Element, *, whole: bool = False, kind: _Kind | None = None) -> Indicator | None:
        """Focus the element and see what differs around it, or in the whole window.

        ``kind``: with which it is remembered for other pages, and may be known from them.
        """
        page = self._page
        known: dict[object, Indicator] = page.browser.indicators
        target = page.object(element.node)
        if target is None:
            return None
        told = page.call_on(target, script("focus"), "show")
        scroll = (told["scroll"][0], told["scroll"][1])
        part = None if whole else _around(told["box"])
        if part is not None and _clip(part, scroll) is None:
            # It lies outside the window even now: nothing of it can be seen in either state.
            return NOTHING if page.call_on(target, script("focus"), "leave") else None
        alone = part is not None and scroll != self._scroll
        before = self._before if scroll == self._scroll else None
        if before is None:
            before = self._unfocused(target, _clip(part, scroll) if part is not None and alone else None, scroll)
            if before is None:
                return None
            around = before if alone or part is None else before[part]
            key = None if kind is None else _key(kind, told["box"], around)
            if key in known:
                return known[key]
            again = page.call_on(target, script("focus"), "show")
            if again["box"] != told["box"] and not whole:
                if alone:
                    # The part that was drawn is another one: draw the window after all.
                    return self.compare(element)
                told, part = again, _around(again["box"])
        if part is not None and not alone:
            before = before[part]
        after = picture(page.channel, _clip(part, scroll) if part is not None else None)
        if not page.call_on(target, script("focus"), "leave"):
            # A script moved focus on, or the element is gone: the two pictures do not show its two states.
            return None
        shown = Indicator(*difference(before, after), beyond_a_pixel(before, after))
        if part is not None and shown.pixels < FEW:
            # It may be drawn further away: around the card of which the link is the heading.
            return self.compare(element, whole=True)
        if kind is not None:
            known[_key(kind, told["box"], before)] = shown
        return shown

    def _unfocused(self, target: str, clip: Box | None, scroll: tuple[float, float]) -> Pixels | None:
        """The window, or the part of it, after focus was taken away; ``None`` when it cannot be."""
        page = self._page
        if not page.call_on(target, script("focus"), "take"):
            return None
        before = picture(page.channel, clip)
        self._before, self._scroll = before if clip is None else None, scroll
        if not page.call_on(target, script("focus"), "nowhere"):
            self._before = self._scroll = None
            return None
        return before


def _is_as_said(shown: Indicator, outline: Outline) -> bool:
    """Whether the pixels show what style says, as far as the corners may be round."""
    least = outline.pixels / 2
    return shown.pixels >= least and shown.beyond >= least and shown.contrast >= CONTRAST


def _key(kind: _Kind, box: Sequence[float], around: Pixels) -> tuple[Json, ...]:
    """What two elements have in common that focus changes in the same way."""
    x, y, width, height = (round(value, 3) for value in box)
    pixels = hashlib.sha256(np.ascontiguousarray(around)).hexdigest()
    # How far down makes no difference, but at which rows of pixels it begins and ends does.
    top, bottom = round(y) - int(y), round(y + height) - int(y)
    return (*kind, x, width, height, top, bottom, *around.shape, pixels)


def _around(box: Sequence[float]) -> _Part:
    """Rows and columns of the window in which an indicator of the box is looked for."""
    x, y, width, height = box
    rows, columns = WIDE.height, WIDE.width
    return (
        slice(min(max(0, int(y) - AROUND), rows), max(0, min(int(y + height) + 1 + AROUND, rows))),
        slice(min(max(0, int(x) - AROUND), columns), max(0, min(int(x + width) + 1 + AROUND, columns))),
    )


def _clip(part: _Part, scroll: tuple[float, float]) -> Box | None:
    """The part as the browser wants it: in CSS px of the page; ``None`` when nothing is in it."""
    rows, columns = part
    width, height = columns.stop - columns.start, rows.stop - rows.start
    if width <= 0 or height <= 0:
        return None
    return Box(columns.start + scroll[0], rows.start + scroll[1], width, height)
