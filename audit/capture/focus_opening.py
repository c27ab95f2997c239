"""What opens when something takes the focus, and whether keys lead into it.

A layer below a field, a panel of days, a menu that unfolds: it is there while its opener has focus.
Whether Tab or an arrow key leads into it is tried, because nothing in the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audit.capture.keys import ARROWS, TAB, press
from audit.capture.opening import OpenPage, script
from audit.model.document import Document, Element
from audit.model.finding import Json

NOTES = "window[Symbol.for('stepfree.capture')]"
HOVER = f"{NOTES}.hover"
#: Most elements that are tried, most that look alike, and most presses of Tab on the way in.
MOST, MOST_ALIKE, MOST_TABS = 12, 2, 8

_LISTENED = frozenset({"focus", "focusin"})
_SHOWS = re.compile(r"\b(?:display|visibility|opacity|height|max-height|clip|clip-path|transform|left|top|inset)\s*:")
_TRIGGER = re.compile(r"^(?P<trigger>.*?):focus(?:-within|-visible)?(?=\s*[>+~\s]|:has)")


def focus_openings(page: OpenPage, document: Document, styles: Mapping[str, Any]) -> None:
    """Give focus to what may open something, and record in ``facts["focus_opens"]`` what came of it.

    Each has ``node`` (that took the focus), ``appeared`` (``node`` and ``text``), ``acting`` (how many links,
    buttons, fields and things that listen to clicks are in it), ``stops`` (how many of them take the focus by
    Tab), ``reached`` (Tab led into it) and ``arrows`` (an arrow key led into it or changed it).
    """
    if not page.may_act:
        return
    candidates = list(_candidates(document, styles))
    # Where focus is when the page opens is told by the walk with keys, and is not taken away before it.
    if not candidates or page.channel.evaluate("document.activeElement !== document.body"):
        return
    page.channel.evaluate(script("hover"))
    told = [result for element in candidates if (result := _focus(page, document, element)) is not None]
    page.channel.evaluate(f"({NOTES}.begin(), 0)")
    page.lie_still()
    if told:
        page.facts["focus_opens"] = told


def _candidates(document: Document, styles: Mapping[str, Any]) -> Iterator[Element]:
    by_style = any(_SHOWS.search(declared) and _TRIGGER.match(selector) for selector, declared in styles["focus"])
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


def _focus(page: OpenPage, document: Document, element: Element) -> Json | None:
    handle = page.object(element.node)
    appeared = _open(page, handle)
    if not appeared:
        return None
    nodes = page.nodes(f"{HOVER}.appeared")
    acting, stops = page.channel.evaluate(_COUNT)
    reached = False
    for _ in range(min(stops + 1, MOST_TABS)):
        press(page.channel, [TAB])
        if page.channel.evaluate(_INSIDE):
            reached = True
            break
    arrows = False
    if acting and not reached:
        # What stays open when focus goes does not appear a second time.
        page.call_on(handle, "function () { this.focus() }")
        _wait(page)
        before = page.channel.evaluate(_STATE)
        for key in ARROWS:
            press(page.channel, [key])
            if page.channel.evaluate(_INSIDE) or page.channel.evaluate(_STATE) != before:
                arrows = True
                break
    page.channel.evaluate("(document.activeElement?.blur?.(), 0)")
    return {
        "node": element.node,
        "appeared": [
            {"node": node if node in document.by_node else None, "text": each["text"]}
            for node, each in zip(nodes, appeared, strict=False)
        ],
        "acting": acting,
        "stops": stops,
        "reached": reached,
        "arrows": arrows,
    }


def _open(page: OpenPage, handle: str) -> list[dict[str, Any]]:
    page.channel.evaluate(f"(document.activeElement?.blur?.(), {HOVER}.start(), 0)")
    page.call_on(handle, "function () { this.focus() }")
    _wait(page)
    found: list[dict[str, Any]] = page.call_on(handle, f"function () {{ return {HOVER}.look(this) }}")
    return found


def _wait(page: OpenPage) -> None:
    page.channel.evaluate(f"new Promise((done) => {NOTES}.later(done, 150))", promise=True)


_COUNT = f"""(() => {{
  const parts = {HOVER}.appeared.flatMap((each) => [each, ...each.querySelectorAll("*")])
    .filter((each) => each.checkVisibility({{ visibilityProperty: true }}));
  const acting = parts.filter((each) => each.matches("a[href], button, input, select, textarea, [role=button], [role=link], [role=option], [role=menuitem], [onclick]"));
  return [acting.length, acting.filter((each) => each.tabIndex >= 0 && !each.matches(":disabled")).length];
}})()"""
_INSIDE = f"""(() => {{
  const at = document.activeElement;
  return !!at && at !== document.body && {HOVER}.appeared.some((each) => each.contains(at));
}})()"""
_STATE = f"""[document.activeElement?.getAttribute("aria-activedescendant"), document.activeElement?.value,
  ...{HOVER}.appeared.map((each) => each.outerHTML)].join()"""
