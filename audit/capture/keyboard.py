"""A walk through the page with real keys: Tab to the end, Shift+Tab back.

After each key the page tells where focus is, what lies on it and how it looks. Where focus
goes round in a part of the page, the walk tries to leave it: backward, with Escape, with
the arrow keys, F6, and with every key that the page's visible text names (``Ctrl+M``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from audit.capture.indicators import INDICATOR, Focused, Indicator, indicators
from audit.capture.key_presses import ALT, ARROWS, BACK_TAB, CONTROL, ESCAPE, F6, SHIFT, TAB, Key, letter, press
from audit.capture.motion import LONGEST
from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Box, Document
from audit.model.page import FocusStop, KeyboardWalk

#: Key presses in one direction beyond three rounds of the page, most stops of a round, and most presses without looking in between.
LIMIT, MOST, BATCH = 400, 4000, 150
#: The first where a script moves focus, the most presses then, and how long each stop is waited for, in ms.
SLOW_LIMIT, SLOW_MOST, PAUSE = 80, 400, 60
#: How long the browser may take to give focus to the page again that left it, in ms.
RETURN = 150

#: What a page may listen to and then change where it is scrolled, where focus is or what lies on it.
_MOVING = frozenset(
    {"focus", "focusin", "blur", "focusout", "keydown", "keyup", "keypress", "scroll", "scrollend", "selectionchange"}
)

_CHORD = re.compile(r"\b(?P<held>(?:(?:ctrl|control|alt|option|shift)\s*[+-]\s*)+)(?P<key>[a-z0-9])\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\besc(?:ape)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stop:
    """One stop as the page told it."""

    node: int | None
    box: Box | None
    cover: int | None
    share: float
    inside: bool
    style: tuple[str, ...]


def walk(page: OpenPage, document: Document, drawn_by: str | None) -> KeyboardWalk:
    """Walk through the page as it is. It is left scrolled to the top with focus on nothing.

    ``drawn_by``: as :func:`audit.capture.indicators.indicators` takes it.
    """
    _note_initial_focus(page)
    steady = "*, ::before, ::after { transition: none !important; caret-color: transparent !important }"
    with page.styled(steady):
        expected = sum(element.tabbable for element in document)
        _follow(page)
        windows = len(page.guard.popups)
        forward, ended = _go(page, TAB, expected)
        slow = ended == "end" and (_moved_by_script(page) or len(page.guard.popups) > windows)
        if slow and forward and len(page.guard.popups) > windows:
            # Keys went to a window that one of them opened: go on from where focus has stayed.
            forward, ended = _go(page, TAB, expected, slow=True, begun=forward)
        elif slow:
            # Keys came faster than a script that moves focus after a while: walk again as a person does.
            page.lie_still()
            _follow(page, again=True)
            page.channel.evaluate(f"{NOTES}.letGo({PAUSE})", promise=True)
            forward, ended = _go(page, TAB, expected, slow=True)
        backward: list[_Stop] = []
        trapped: tuple[int, ...] = ()
        escapes: dict[str, bool] = {}
        documented: tuple[str, ...] = ()
        if ended == "round":
            trapped, backward, escapes, documented = _trapped(page, document, forward, slow)
            ended = "trap" if trapped else "end"
        if ended == "end" and forward and not backward and (slow or _may_differ_back(page, document, forward)):
            backward = _back(page, forward, expected, slow=slow)
        page.channel.evaluate(f"({NOTES}.stops = null, 0)")
        focused = [
            Focused(stop.node, stop.style, stop.box)
            for stop in forward
            if stop.node is not None and stop.box is not None and stop.box.area
        ]
        measured = indicators(page, document, focused, drawn_by)
        page.lie_still()
    return KeyboardWalk(
        forward=tuple(_final(stop, "Tab", measured) for stop in forward),
        backward=tuple(_final(stop, "Shift+Tab", {}) for stop in backward),
        ended=ended,
        trapped=trapped,
        escapes=escapes,
        documented=documented,
    )


def _note_initial_focus(page: OpenPage) -> None:
    """Where focus is before any key, when it is not on the page as a whole. A journey has pressed some."""
    if page.observed.walked:
        return
    nodes = page.nodes(f"[{NOTES}.focused()]")
    if nodes[0] is not None:
        page.observed = replace(page.observed, initial_focus=nodes[0])


def _follow(page: OpenPage, *, again: bool = False) -> None:
    """Have the page note where focus is after each key, also in its frames."""
    page.channel.evaluate(f"({script('walk')})({json.dumps(INDICATOR)}, {json.dumps(again)})")


def _take(page: OpenPage) -> list[_Stop]:
    """The stops noted since the last time."""
    told: list[dict[str, Any] | None] = page.channel.evaluate(f"{NOTES}.take()")
    # Each element is named once, however often focus comes to it.
    page.met.extend(page.known_nodes(f"{NOTES}.fresh"))
    stops = []
    for each in told:
        if each is None:
            stops.append(_Stop(None, None, None, 0.0, True, ()))
            continue
        x, y, width, height = (round(value, 3) for value in each["box"])
        stops.append(
            _Stop(
                page.met[each["at"][0]],
                Box(x, y, width, height),
                None if each["at"][1] is None else page.met[each["at"][1]],
                round(each["share"], 3),
                each["inside"],
                tuple(each["style"]),
            )
        )
    return stops


def _moved_by_script(page: OpenPage) -> bool:
    """Whether a script gave focus to something since the walk began."""
    return bool(page.channel.evaluate(f"{NOTES}.movedByScript({PAUSE})", promise=True))


def _press(page: OpenPage, keys: Sequence[Key], *, slow: bool) -> list[_Stop]:
    """Press the keys and tell where focus is after each; ``slow``: where it has come to rest."""
    if not slow:
        press(page.channel, keys)
        return _take(page)
    stops: list[_Stop] = []
    for key in keys:
        press(page.channel, [key])
        page.channel.evaluate(f"{NOTES}.wait({PAUSE}).then({NOTES}.noteAnew)", promise=True)
        new = _take(page)
        if not new or new[-1].node is None:
            # Focus that has left the page may be on its way back.
            page.channel.evaluate(f"{NOTES}.comeBack({RETURN}).then({NOTES}.noteAnew)", promise=True)
            new = _take(page)
        stops.extend(new)
    return stops


def _may_differ_back(page: OpenPage, document: Document, forward: Sequence[_Stop]) -> bool:
    """Whether the way back could show anything that the way forward has not.

    It meets the same stops, and what lies on each depends on where the page is scrolled only where
    something stays in the window while the rest is scrolled; or where a script has a hand in it.
    """
    met = {stop.node for stop in forward}
    if any(each.tabbable and each.node not in met for each in document):
        return True
    if any(stop.share or stop.cover is not None or not stop.inside for stop in forward):
        return True
    if any(stop.box is None or stop.box.height > document.height / 2 for stop in forward):
        return True
    if any(each.frame is not None or each.shadow for each in document):
        return True
    stays = {"fixed", "sticky"}
    for each in document:
        if each.style.get("position") in stays or any(part.style.get("position") in stays for part in each.pseudo):
            return True
    heard = {*page.observed.listeners, *(name for each in document for name in each.listeners)}
    return bool(heard & _MOVING) or not page.observed.settled or _has_a_hand(page)


def _has_a_hand(page: OpenPage) -> bool:
    """Whether a script follows what the window shows, or may act while focus moves."""
    # The page's own: axe-core has set some since.
    soon = any(timer.delay <= LONGEST for timer in page.observed.timers)
    return soon or bool(page.channel.evaluate(f"{NOTES}.frameCalls > 0 || {NOTES}.observed"))


def _back(page: OpenPage, forward: Sequence[_Stop], expected: int, *, slow: bool) -> list[_Stop]:
    """The way back from the last stop: a bar at the top covers there what one at the bottom does not forward."""
    last = forward[-1].node
    assert last is not None
    page.channel.evaluate(f"({NOTES}.comeBack({RETURN}))", promise=True)
    handle = page.object(last)
    if handle is None:
        return []
    page.call_on(handle, script("focus"), "give")
    page.channel.evaluate(f"({NOTES}.stops = [], {NOTES}.left = false, {NOTES}.noteStop(), 0)")
    start = [stop for stop in _take(page) if stop.node is not None]
    return _go(page, BACK_TAB, expected, slow=slow, begun=start)[0] if start else []


def _go(
    page: OpenPage, key: Key, expected: int, *, slow: bool = False, begun: Sequence[_Stop] = ()
) -> tuple[list[_Stop], str]:
    """Press the key until focus leaves the page (``end``), goes round in it (``round``), or too often (``limit``)."""
    stops = list(begun)
    batch = min(expected + 2, BATCH)
    limit = min(3 * expected + SLOW_LIMIT, SLOW_MOST) if slow else 3 * min(expected, MOST) + LIMIT
    while len(stops) < limit:
        new = _press(page, [key] * batch, slow=slow)
        if not new:
            return stops, "end"
        for stop in new:
            if stop.node is None and (stops or expected == 0):
                return stops, "end"
            if stop.node is not None:
                stops.append(stop)
        ring = _cycle([stop.node for stop in stops])
        if ring:
            return _twice(stops, ring), "round"
        batch = 8 if slow else 40
        if not stops:
            return stops, "end"
    return stops, "limit"


def _cycle(nodes: Sequence[int | None]) -> tuple[int, ...]:
    """The nodes among which the end of the walk goes round, three times at least; empty without."""
    for length in range(1, max(2, len(nodes) // 3 + 1)):
        tail = tuple(nodes[-length:])
        if len(nodes) >= 3 * length and len(nodes) >= 3 and tuple(nodes[-3 * length :]) == tail * 3:
            return tuple(dict.fromkeys(node for node in tail if node is not None))
    return ()


def _twice(stops: list[_Stop], ring: Sequence[int]) -> list[_Stop]:
    """The walk until it had gone round twice."""
    first = next(at for at in range(len(stops)) if all(stop.node in ring for stop in stops[at:]))
    return stops[: first + 2 * len(ring)]


def _trapped(
    page: OpenPage, document: Document, forward: list[_Stop], slow: bool
) -> tuple[tuple[int, ...], list[_Stop], dict[str, bool], tuple[str, ...]]:
    """Whether the part in which focus went round can be left backward; if not, which keys let go."""
    last = next((at for at in range(len(forward)) if forward[at].node in {stop.node for stop in forward[at + 1 :]}), 0)
    ring = tuple(dict.fromkeys(stop.node for stop in forward[last:] if stop.node is not None))
    if not ring:
        return (), [], {}, ()
    backward = _press(page, [BACK_TAB] * (2 * len(ring) + 2), slow=slow)
    if not all(stop.node in ring for stop in backward):
        return (), backward, {}, ()
    documented = _documented(document)
    escapes: dict[str, bool] = {}
    for key in (ESCAPE, *ARROWS, F6, *documented):
        stops = _press(page, [key, *[TAB] * (len(ring) + 1)], slow=slow)
        escapes[key.name] = not all(stop.node in ring for stop in stops)
        if escapes[key.name]:
            break
    named = tuple(key.name for key in documented)
    return ring, backward, escapes, named


def _documented(document: Document) -> list[Key]:
    """The keys that the visible text names as a way out."""
    text = document.visible_text(document.root)
    found: dict[str, Key] = {}
    for match in _CHORD.finditer(text):
        held = match["held"].lower()
        modifiers = (
            CONTROL * ("ctrl" in held or "control" in held)
            | ALT * ("alt" in held or "option" in held)
            | SHIFT * ("shift" in held)
        )
        key = letter(match["key"], modifiers)
        found.setdefault(key.name, key)
    if _ESCAPE.search(text):
        found.setdefault(ESCAPE.name, ESCAPE)
    return list(found.values())


def _final(stop: _Stop, key: str, measured: Mapping[int, Indicator]) -> FocusStop:
    shown = measured.get(stop.node) if stop.node is not None else None
    return FocusStop(
        node=stop.node,
        key=key,
        box=stop.box,
        covered_by=stop.cover,
        changed_pixels=shown.pixels if shown else None,
        changed_contrast=shown.contrast if shown else None,
        changed_beyond=shown.beyond if shown else None,
        in_view=stop.inside,
        covered_share=stop.share,
        style=dict(zip(INDICATOR, stop.style, strict=False)),
    )
