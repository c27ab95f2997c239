"""Controls that are as large as the browser makes them."""

from __future__ import annotations

from audit.model.document import Element

#: What Chromium gives a control that no style touches: the size of its text, and of a box or dot in px.
_OWN_FONT, _OWN_MARK = "13.3333px", 13.0
_OWN_EDGES = frozenset({"inset", "outset"})


def has_size_of_browser(element: Element) -> bool:
    """Whether the browser alone decided how large a control is (exception “user agent control” of 2.5.8).

    A height that an author sets shows in the computed style only as a number, so only controls
    that look untouched in every respect are taken for it.
    """
    style = element.style
    if element.box is None or style.get("appearance") != "auto":
        return False
    if element.tag == "input" and element.get("type") in {"checkbox", "radio"}:
        return element.box.width == element.box.height == _OWN_MARK
    # Width may be the author's (``size``); too low is what the browser made it.
    return (
        element.tag in {"input", "button"}
        and style.get("font-size") == _OWN_FONT
        and style.get("border-top-style") in _OWN_EDGES
        and style.get("padding-top") in {"0px", "1px"}
        and style.get("padding-bottom") in {"0px", "1px"}
        and element.box.width >= 24 > element.box.height > 18
    )
