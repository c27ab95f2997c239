"""Controls that are as large as the browser makes them."""

from __future__ import annotations

from audit.model.document import Element

#: What Chromium gives a control that no style touches: the size of its text, and of a box or dot in px.
_OWN_FONT, _OWN_MARK = "13.3333px", 13.0
_OWN_EDGES = frozenset({"inset", "outset"})
#: The edge of a list and of a text of several lines, the padding of each, and the height of a slider, in px.
_OWN_LINE = ("solid", "1px", "rgb(118, 118, 118)")
_OWN_PADDING = {"select": "0px", "textarea": "2px"}
_OWN_SLIDER = 16.0


def has_size_of_browser(element: Element) -> bool:
    """Whether the browser alone decided how large a control is (exception “user agent control” of 2.5.8).

    A height that an author sets shows in the computed style only as a number, so only controls
    that look untouched in every respect are taken for it.
    """
    style, kind = element.style, (element.get("type") or "").lower() if element.tag == "input" else ""
    if element.box is None or style.get("appearance") != ("none" if kind == "file" else "auto"):
        return False
    if kind in {"checkbox", "radio"}:
        return element.box.width == element.box.height == _OWN_MARK
    if style.get("font-size") != _OWN_FONT:
        return False
    # Width may be the author's (``size``); too low is what the browser made it.
    if kind == "range":
        return element.box.height == _OWN_SLIDER
    paddings = {style.get("padding-top"), style.get("padding-bottom")}
    if element.tag in _OWN_PADDING:
        line = tuple(style.get(f"border-top-{part}") for part in ("style", "width", "color"))
        return line == _OWN_LINE and paddings == {_OWN_PADDING[element.tag]}
    if kind == "file":
        return style.get("border-top-style") == "none" and paddings == {"0px"} and element.box.height > 18
    return (
        element.tag in {"input", "button"}
        and style.get("border-top-style") in _OWN_EDGES
        and paddings <= {"0px", "1px"}
        and element.box.width >= 24 > element.box.height > 18
    )
