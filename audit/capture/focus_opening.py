"""What opens when something takes the focus, and whether keys lead into it.

A layer below a field, a panel of days, a menu that unfolds: it is there while its opener has focus.
Whether Tab or an arrow key leads into it is tried, because nothing in the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from audit.capture.hover import HOVER, SHOWS, look, pause, shown, triggers_of
from audit.capture.key_presses import ARROWS, TAB, press
from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Document, Element
from audit.model.observations import FocusOpening

#: Most elements that are tried, most that look alike, and most presses of Tab on the way in.
MOST, MOST_ALIKE, MOST_TABS = 12, 2, 8

_LISTENED = frozenset({"focus", "focusin"})


def focus_openings(page: OpenPage, document: Document, styles: Mapping[str, Any]) -> None:
    """Give focus to what may open something, and observe what comes of it."""
    if not page.may_act:
        return
    candidates = list(_candidates(document, styles))
    # Where focus is when the page opens is told by the walk with keys, and is not taken away before it.
    if not candidates or page.channel.evaluate(f"{NOTES}.focused() !== null"):
        return
    page.channel.evaluate(script("hover"))
    told = [result for element in candidates if (result := _focus(page, document, element)) is not None]
    page.channel.evaluate(f"({NOTES}.begin(), 0)")
    page.lie_still()
    page.observed = replace(page.observed, focus_openings=tuple(told))


def _candidates(document: Document, styles: Mapping[str, Any]) -> Iterator[Element]:
    by_style = any(
        SHOWS.search(declared) and any(triggers_of(selector, ":focus")) for selector, declared in styles["focus"]
    )
    alike: dict[tuple[str, str | None], int] = {}
    count = 0
    for element in document:
        if count == MOST:
            return
        if not (element.tabbable and element.rendered) or element.frame is not None or element.tag in {"html", "body"}:
            continue
        heard = _LISTENED & set(element.listeners) or any(
            _LISTENED & set(above.listeners)
            for above in document.ancestors(element)
            if above.tag not in {"html", "body"}
        )
        if not heard and not by_style and not any(name in element.attributes for name in ("onfocus", "onfocusin")):
            continue
        look = (element.tag, element.get("class"))
        alike[look] = alike.get(look, 0) + 1
        if alike[look] <= MOST_ALIKE:
            count += 1
            yield element


def _focus(page: OpenPage, document: Document, element: Element) -> FocusOpening | None:
    handle = page.object(element.node)
    appeared = _open(page, handle) if handle is not None else []
    if handle is None or not appeared:
        return None
    nodes = page.nodes(f"{HOVER}.appeared")
    acting, stops = page.channel.evaluate(f"{HOVER}.count()")
    reached = False
    for _ in range(min(stops + 1, MOST_TABS)):
        press(page.channel, [TAB])
        if page.channel.evaluate(f"{HOVER}.inside()"):
            reached = True
            break
    arrows = False
    if acting and not reached:
        # What stays open when focus goes does not appear a second time.
        page.call_on(handle, script("focus"), "give")
        pause(page)
        before = page.channel.evaluate(f"{HOVER}.state()")
        for key in ARROWS:
            press(page.channel, [key])
            if page.channel.evaluate(f"{HOVER}.inside()") or page.channel.evaluate(f"{HOVER}.state()") != before:
                arrows = True
                break
    page.channel.evaluate(f"({HOVER}.blur(), 0)")
    return FocusOpening(element.node, shown(document, nodes, appeared), acting, reached, arrows)


def _open(page: OpenPage, handle: str) -> list[dict[str, Any]]:
    page.channel.evaluate(f"({HOVER}.blur(), {HOVER}.start(), 0)")
    page.call_on(handle, script("focus"), "give")
    return look(page, handle)
