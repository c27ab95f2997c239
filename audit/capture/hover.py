"""What appears when the pointer rests on something, and whether it stays and goes as it should.

WCAG 1.4.13: what appears can be dismissed without moving the pointer (Escape), and the
pointer can be moved onto it. Only elements are tried that a style rule or a listener ties to
the pointer; those that look alike are tried twice.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from audit.capture.key_presses import ESCAPE, press
from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Document, Element
from audit.model.observations import Hover, Shown

HOVER = f"{NOTES}.hover"
#: Most elements that are tried, and most that look alike.
MOST, MOST_ALIKE = 12, 2
#: How long after the pointer came to rest, or focus moved, is looked, in ms: delays of tooltips are shorter.
PAUSE = 150
#: How often on a page is waited whether what appeared goes by itself, and how long after its timer, in ms.
MOST_WAITS, GRACE = 2, 250

#: Declarations of a style rule that can make something appear.
SHOWS = re.compile(r"\b(?:display|visibility|opacity|height|max-height|clip|clip-path|transform|left|top|inset)\s*:")
_LISTENED = frozenset({"mouseenter", "mouseover", "pointerenter", "pointerover"})
_COMMA = re.compile(r",(?![^()]*\))")
_EITHER = re.compile(r":(?:is|where|not)\((?P<inner>[^()]*)\)")


def hovers(page: OpenPage, document: Document, styles: Mapping[str, Any]) -> None:
    """Rest the pointer on candidates and observe what appears."""
    candidates = list(_candidates(page, document, styles))
    if not candidates:
        return
    page.channel.evaluate(script("hover"))
    page.channel.evaluate(f"{HOVER}.quiet()", promise=True)
    told: list[Hover] = []
    waits = 0
    for element in candidates:
        result, waited = _rest_on(page, document, element, may_wait=waits < MOST_WAITS)
        waits += waited
        if result is not None:
            told.append(result)
    _move(page, 0, 0)
    page.observed = replace(page.observed, hovers=tuple(told))


def _candidates(page: OpenPage, document: Document, styles: Mapping[str, Any]) -> Iterator[Element]:
    triggers: set[int] = set()
    for selector, declared in styles["hover"]:
        if not SHOWS.search(declared):
            continue
        for trigger in triggers_of(selector, ":hover"):
            triggers.update(_matching(page, trigger))
    alike: Counter[tuple[str, str | None]] = Counter()
    count = 0
    for element in document:
        if not element.rendered or element.box is None or element.frame is not None or element.tag in {"html", "body"}:
            continue
        if element.node not in triggers and not _LISTENED & set(element.listeners):
            continue
        look = (element.tag, element.get("class"))
        alike[look] += 1
        if alike[look] <= MOST_ALIKE and count < MOST:
            count += 1
            yield element


def triggers_of(selector: str, state: str) -> Iterator[str]:
    """What has to be in a state (``:hover``, ``:focus``) for a style rule to apply to something else.

    ``.tip:is(:hover, :focus-within) > span`` gives ``.tip``; a rule for the thing itself gives nothing.
    """

    def chosen(match: re.Match[str]) -> str:
        return next((each.strip() for each in match["inner"].split(",") if state in each), match.group(0))

    for part in _COMMA.split(_EITHER.sub(chosen, selector)):
        before, found, behind = part.strip().partition(state)
        if found and before.strip() and re.search(r"[\s>+~]|:has", behind):
            yield before.strip()


def _matching(page: OpenPage, selector: str) -> list[int]:
    return [node for node in page.nodes(f"({script('matching')})({json.dumps(selector)})") if node is not None]


def _rest_on(page: OpenPage, document: Document, element: Element, *, may_wait: bool) -> tuple[Hover | None, bool]:
    """What appeared, and whether it was waited for its end."""
    handle = page.object(element.node)
    if handle is None:
        return None, False
    _move(page, 0, 0)
    page.channel.evaluate(f"({HOVER}.start(), 0)")
    place = page.call_on(handle, script("on"), "hover", "place")
    if place is None:
        return None, False
    _move(page, *place)
    appeared = look(page, handle)
    if not appeared:
        return None, False
    nodes = page.nodes(f"{HOVER}.appeared")
    due = page.channel.evaluate(f"{HOVER}.ending()") if may_wait else 0
    if due:
        page.channel.evaluate(f"{NOTES}.wait({due + GRACE})", promise=True)
        if not page.channel.evaluate(f"{HOVER}.still()"):
            return Hover(element.node, shown(document, nodes, appeared), True, True, None, lasts=False), True
    press(page.channel, [ESCAPE])
    pause(page)
    gone = not page.channel.evaluate(f"{HOVER}.still()")
    reachable = True
    again = appeared
    if gone:
        _move(page, 0, 0)
        pause(page)
        _move(page, *place)
        again = look(page, handle)
    # What does not appear a second time after Escape cannot be tried; what went may have gone by itself.
    for _ in range(2):
        reachable = not again or _stays(page, place, again)
        if reachable:
            break
        _move(page, 0, 0)
        pause(page)
        _move(page, *place)
        again = look(page, handle)
    _move(page, 0, 0)
    pause(page)
    return Hover(element.node, shown(document, nodes, appeared), gone, reachable, _by_focus(page, handle)), bool(due)


def shown(document: Document, nodes: list[int | None], appeared: list[dict[str, Any]]) -> tuple[Shown, ...]:
    """What :func:`look` told of, with its nodes."""
    return tuple(
        Shown(node if node in document.by_node else None, each["text"], each["covers"])
        for node, each in zip(nodes, appeared, strict=False)
    )


def _by_focus(page: OpenPage, handle: str) -> bool | None:
    """Whether the same appears when the element, or the first thing in it that can, takes focus."""
    page.channel.evaluate(f"({HOVER}.start(), 0)")
    if not page.call_on(handle, script("on"), "hover", "focus"):
        return None
    appeared = look(page, handle)
    page.channel.evaluate(f"({HOVER}.blur(), 0)")
    return bool(appeared)


def look(page: OpenPage, handle: str) -> list[dict[str, Any]]:
    """Wait, and tell of the outermost things that appeared: ``text``, ``box`` in CSS px of the window, ``covers``."""
    pause(page)
    found: list[dict[str, Any]] = page.call_on(handle, script("on"), "hover", "look")
    return found


def pause(page: OpenPage) -> None:
    """Wait until what appears late has appeared."""
    page.channel.evaluate(f"{NOTES}.wait({PAUSE})", promise=True)


def _stays(page: OpenPage, place: tuple[float, float], appeared: list[dict[str, Any]]) -> bool:
    """Whether what appeared is still there when the pointer has moved onto it."""
    x, y, width, height = appeared[0]["box"]
    if not (width and height):
        return True
    _move_onto(page, place, (x, y, width, height))
    pause(page)
    return bool(page.channel.evaluate(f"{HOVER}.still()"))


def _move_onto(page: OpenPage, start: tuple[float, float], box: tuple[float, float, float, float]) -> None:
    """Move onto a box the shortest way, as a hand does, and on to its middle."""
    x, y, width, height = box
    inset_x, inset_y = min(2.0, width / 2), min(2.0, height / 2)
    edge_x = min(max(start[0], x + inset_x), x + width - inset_x)
    edge_y = min(max(start[1], y + inset_y), y + height - inset_y)
    for share in (0.25, 0.5, 0.75, 1.0):
        _move(page, start[0] + share * (edge_x - start[0]), start[1] + share * (edge_y - start[1]))
    _move(page, x + width / 2, y + height / 2)


def _move(page: OpenPage, x: float, y: float) -> None:
    page.channel.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
