"""What the walk with keys says: the ring that focus is caught in, where each element was met."""

from __future__ import annotations

from dataclasses import dataclass

from audit.model.document import Element
from audit.model.page import FocusStop, Page
from audit.semantics.words import without_icons


@dataclass(frozen=True, slots=True)
class Ring:
    """The elements among which Tab and Shift+Tab go round.

    ``at_the_edge``: the first or last stop of the page is among them, so that focus may still
    leave for the browser's own controls; ``whole``: every stop of the page is. ``standard``: a key that everybody tries (Escape, an
    arrow, F6) leads out. ``documented``: the keys that the page names; ``way_out``: the one
    of them that works.
    """

    elements: tuple[Element, ...]
    at_the_edge: bool
    whole: bool
    standard: str | None
    documented: tuple[str, ...]
    way_out: str | None


def ring(page: Page) -> Ring | None:
    """The ring of the page; ``None`` when focus can be moved on with Tab or Shift+Tab."""
    walk = page.keyboard
    if walk is None or not walk.trapped:
        return None
    document = page.document
    elements = tuple(document.by_node[node] for node in walk.trapped if node in document.by_node)
    if not elements:
        return None
    stops = [element for element in document if element.tabbable]
    edge = bool(stops) and any(element.node in {stops[0].node, stops[-1].node} for element in elements)
    worked = [key for key, free in walk.escapes.items() if free]
    way_out = next((key for key in worked if key in walk.documented), None)
    standard = next((key for key in worked if key not in walk.documented), None)
    whole = len(stops) > 1 and {element.node for element in stops} <= set(walk.trapped)
    return Ring(elements, edge, whole, standard, walk.documented, way_out)


def stops(page: Page) -> dict[int, FocusStop]:
    """The first stop on each element on the way forward, by node."""
    found: dict[int, FocusStop] = {}
    for stop in page.keyboard.forward if page.keyboard else ():
        if stop.node is not None:
            found.setdefault(stop.node, stop)
    return found


def covered(page: Page) -> dict[int, FocusStop]:
    """The stop at which most of an element was covered, on the way forward or back, by node."""
    found: dict[int, FocusStop] = {}
    walk = page.keyboard
    for stop in (*walk.forward, *walk.backward) if walk else ():
        if stop.node is None or not stop.in_view or stop.box is None:
            continue
        known = found.get(stop.node)
        if known is None or (known.covered_by is not None, known.covered_share) < (
            stop.covered_by is not None,
            stop.covered_share,
        ):
            found[stop.node] = stop
    return found


def label(element: Element, text: str) -> str:
    """What to call an element in a sentence: its name, else its text, else its tag."""
    said = " ".join(without_icons(element.name or text).split())
    return f"“{said[:60]}”" if said else f"<{element.tag}>"
