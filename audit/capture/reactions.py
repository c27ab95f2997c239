"""What fields and controls set off by themselves: when they take or lose focus, are changed, or are pressed and not let go.

WCAG 3.2.1, 3.2.2, 3.2.5 and 2.5.2. Only on loopback addresses, only where something on the page listens,
and nothing is let happen: a navigation is stopped as it begins, windows and messages are noted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from audit.capture.guard import is_loopback
from audit.capture.opening import OpenPage
from audit.capture.page_elements import script
from audit.model.document import Document, Element
from audit.model.observations import Reaction, Reactions, Written

REACTIONS = "window[Symbol.for('stepfree.capture')].reactions"
#: Most elements that are tried in each way, and most that look alike.
MOST, MOST_ALIKE = 12, 2

FOCUS = frozenset({"focus", "focusin"})
LEAVE = frozenset({"blur", "focusout"})
CHANGE = frozenset({"change", "input", "keyup"})
DOWN = frozenset({"mousedown", "pointerdown"})
_FIELDS = frozenset({"input", "select", "textarea"})
_NO_FIELDS = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
_BY_CLICK = frozenset({"checkbox", "radio"})
_PRESSED_BY_NATURE = frozenset({"html", "body", "canvas", "select", "textarea", "video", "audio", "iframe", "object"})


def reactions(page: OpenPage, document: Document) -> None:
    """Try what listens, and observe what it sets off."""
    if not page.may_act:
        return
    top = frozenset(page.observed.listeners)
    focused = list(_chosen(document, lambda each: each.tabbable and _hears(document, each, FOCUS, top)))
    left = list(_chosen(document, lambda each: each.tabbable and _hears(document, each, LEAVE, top)))
    changed = list(_chosen(document, lambda each: _is_field(each) and _hears(document, each, _heard_by(each), top)))
    pressed = list(_chosen(document, _is_pressed))
    if not (focused or left or changed or pressed):
        return
    if page.altered():
        _renew(page)
    guard = page.guard
    departures, popups, dialogs = len(guard.departures), len(guard.popups), len(guard.dialogs)
    page.channel.evaluate(script("live"))
    page.channel.evaluate(script("reactions"))
    page.observed = replace(
        page.observed,
        reactions=Reactions(
            focus=_told(document, focused, _try_all(page, "focus", focused), leaves_focus=True),
            leave=_told(document, left, _try_all(page, "leave", left)),
            change=_told(document, changed, _try_all(page, "change", changed)),
            press=_told(document, pressed, [_press(page, each) for each in pressed]),
        ),
    )
    # What the audit itself set off is no doing of the page, and messages and windows are put back.
    del guard.departures[departures:]
    del guard.popups[popups:]
    del guard.dialogs[dialogs:]
    _renew(page)


def _renew(page: OpenPage) -> None:
    page.open()
    page.rest(scroll=False)
    page.mark()


def _chosen(document: Document, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    alike: Counter[tuple[str, ...]] = Counter()
    count = 0
    for element in document:
        if count == MOST:
            return
        if element.static is None or element.frame is not None or not element.rendered or element.box is None:
            continue
        if not wanted(element):
            continue
        look = (element.tag, element.get("class") or "", element.get("type") or "", *_handlers(element))
        alike[look] += 1
        if alike[look] <= MOST_ALIKE:
            count += 1
            yield element


def _handlers(element: Element) -> tuple[str, ...]:
    written = (f"{name}={value}" for name, value in element.attributes.items() if name.startswith("on"))
    return (*element.listeners, *sorted(written))


def _hears(document: Document, element: Element, types: frozenset[str], top: frozenset[str]) -> bool:
    if types & top:
        return True
    return any(types & set(each.listeners) for each in (element, *document.ancestors(element)))


def _heard_by(field: Element) -> frozenset[str]:
    return CHANGE | {"click"} if (field.get("type") or "").lower() in _BY_CLICK else CHANGE


def _is_field(element: Element) -> bool:
    kind = (element.get("type") or "text").lower()
    return element.tag in _FIELDS and not (element.tag == "input" and kind in _NO_FIELDS)


def _is_pressed(element: Element) -> bool:
    """Whether it listens to a press itself, and is nothing that is held or dragged by nature."""
    if element.tag in _PRESSED_BY_NATURE or element.role in {"slider", "scrollbar", "spinbutton"}:
        return False
    if element.tag == "input" and (element.get("type") or "text").lower() not in {"button", "submit", "image"}:
        return False
    return bool(DOWN & set(element.listeners)) and element.get("draggable") != "true"


def _try_all(page: OpenPage, way: str, elements: list[Element]) -> list[dict[str, Any] | None]:
    if not elements:
        return []
    ordinals = [each.static for each in elements]
    found: list[dict[str, Any] | None] = page.channel.evaluate(f"{REACTIONS}.{way}({ordinals})", promise=True)
    return found


def _press(page: OpenPage, element: Element) -> dict[str, Any] | None:
    """Press it, move away and let go there: what happened all the same."""
    place = page.channel.evaluate(f"{REACTIONS}.press({element.static})")
    if place is None:
        return None
    mouse: dict[str, Any] = {"button": "left", "clickCount": 1}
    x, y = place
    page.channel.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    page.channel.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **mouse)
    page.channel.evaluate(f"{REACTIONS}.pressed()", promise=True)
    page.channel.call("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1, button="left")
    page.channel.call("Input.dispatchMouseEvent", type="mouseReleased", x=1, y=1, **mouse)
    told: dict[str, Any] = page.channel.evaluate(f"{REACTIONS}.released()", promise=True)
    return told


def _told(
    document: Document,
    elements: Iterable[Element],
    told: Iterable[dict[str, Any] | None],
    *,
    leaves_focus: bool = False,
) -> dict[int, Reaction]:
    """What each set off, by node. ``leaves_focus``: that focus only left for nothing is told as well."""
    return {
        element.node: Reaction() if each is None else _reaction(document, each, leaves_focus=leaves_focus)
        for element, each in zip(elements, told, strict=True)
    }


def _reaction(document: Document, told: dict[str, Any], *, leaves_focus: bool) -> Reaction:
    found = Reaction(
        left=tuple(without_origin(str(url)) for url in told["left"]),
        windows=tuple(without_origin(str(url)) for url in told["windows"]),
        dialogs=tuple(str(text) for text in told["dialogs"]),
        moved=bool(told["moved"]),
        held=bool(told["held"]),
        stays=bool(told.get("stays")),
        turned=str(told.get("turned") or ""),
        written=tuple(
            Written(_node(document, each["at"]), each["text"], bool(each["live"])) for each in told.get("written", ())
        ),
    )
    quiet = not (
        found.left or found.windows or found.dialogs or found.moved or found.stays or found.turned or found.written
    )
    return Reaction() if quiet and not (leaves_focus and not found.held) else found


def _node(document: Document, static: int) -> int | None:
    element = document.by_static.get(static)
    return element.node if element is not None else None


def without_origin(url: str) -> str:
    """The address without the port of this run, where it is on this machine."""
    return "/" + url.split("/", 3)[3] if is_loopback(url) and url.count("/") >= 3 else url
