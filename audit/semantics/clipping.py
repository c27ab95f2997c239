"""Text that an ancestor cuts off (CSS Overflow 3: ``hidden`` and ``clip`` offer no way to the rest)."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.document import Box, Document, Element
from audit.model.finding import Condition
from audit.model.page import Page
from audit.semantics.text_blocks import is_pushed_out

_CLIPS = frozenset({"hidden", "clip"})
_SCROLLS = frozenset({"auto", "scroll"})
#: Glyph boxes are higher than the glyphs: this share of a line's height may lie outside without a loss.
_AIR = 0.25
#: Properties that put an element, or the text in it, in another place.
PLACES = frozenset(
    {"transform", "translate", "rotate", "scale", "offsetDistance", "textIndent"}
    | {f"{kind}{side}" for kind in ("margin", "padding") for side in ("Left", "Right", "Top", "Bottom")}
    | {"left", "right", "top", "bottom", "insetInlineStart", "insetInlineEnd", "marginInlineStart"}
)
#: CSS px that rounding may cost.
_ROUNDING = 2.0
#: CSS px of a text beside a picture that nobody sees: its first letter begins behind its left edge.
_SLIVER = 1.0
#: CSS px beyond every page.
_FAR = 1e9
#: CSS px of the smallest picture that stands for words.
_ICON = 8.0


def own_boxes(element: Element) -> list[Box]:
    """The lines of the text that stands in the element itself."""
    return [
        box
        for child in element.content
        if not isinstance(child, int) and child.text.strip()
        for box in child.boxes
        if box.width >= 1 and box.height >= 1
    ]


def clip_of(document: Document, element: Element) -> Element | None:
    """The nearest ancestor, or the element itself, that clips its own text; ``None`` without.

    A scroll container in between lets the reader reach the text: then nothing clips.
    The root and the body clip the window, which scrolls. SVG text has no lines.
    """
    if not own_boxes(element) or element.tag in {"option", "select", "title", "script", "style", "textarea"}:
        return None
    # What runs across its box comes back.
    if document.closest(element, lambda each: each.tag in {"svg", "marquee"}) is not None:
        return None
    out_of_flow = ""
    for each in (element, *document.ancestors(element)):
        if each.tag in {"html", "body"}:
            return None
        style = each.style
        # What is positioned leaves the clip of ancestors that are not positioned.
        if out_of_flow == "fixed" or (out_of_flow == "absolute" and style.get("position", "static") == "static"):
            out_of_flow = "fixed" if style.get("position") == "fixed" else out_of_flow
            continue
        flows = {style.get("overflow-x", ""), style.get("overflow-y", "")}
        # ``overflow-y: hidden`` alone makes the other axis scroll; what is cut off below is lost all the same.
        if style.get("display") != "inline" and _CLIPS & flows:
            return each
        if _SCROLLS & flows:
            return None
        position = style.get("position", "static")
        out_of_flow = position if position in {"absolute", "fixed"} else ""
    return None


def window_of(document: Document, element: Element) -> Box | None:
    """The part of the page in which what stands in the element is seen as things are scrolled now; ``None``: everywhere.

    Without a width or a height where nothing of it is. All ancestors that clip or scroll count, and the element itself.
    """
    window: Box | None = None
    out_of_flow = ""
    for each in (element, *document.ancestors(element)):
        if each.tag in {"html", "body"}:
            break
        style, position = each.style, each.style.get("position", "static")
        # What is positioned leaves the windows of ancestors that are not positioned.
        if out_of_flow == "fixed" or (out_of_flow == "absolute" and position == "static"):
            out_of_flow = "fixed" if position == "fixed" else out_of_flow
            continue
        across, down = (style.get(name, "visible") != "visible" for name in ("overflow-x", "overflow-y"))
        if each.box is not None and (across or down) and style.get("display") not in {"inline", "contents"}:
            box = each.box
            part = Box(
                box.x if across else -_FAR,
                box.y if down else -_FAR,
                box.width if across else 2 * _FAR,
                box.height if down else 2 * _FAR,
            )
            window = part if window is None else window.within(part)
        out_of_flow = position if position in {"absolute", "fixed"} else ""
    return window


def clipped(page: Page, condition: Condition) -> Iterator[Element]:
    """Elements with text of their own inside something that clips, seen under ``condition``.

    Left out is what was put out of sight on purpose, and what runs: it comes into sight by itself.
    """
    document = page.under(condition)
    runs = moving(page)
    for element in document or ():
        if document is None or not (element.rendered and element.exposed) or clip_of(document, element) is None:
            continue
        if is_hidden_on_purpose(document, element):
            continue
        if document.closest(element, lambda each: each.node in runs) is None:
            yield element


def moving(page: Page) -> frozenset[int]:
    """Nodes that change their place by themselves, by an animation of style or by script."""
    found = {each.node for each in page.changes or () if each.kind == "motion" and each.node is not None}
    found |= {each.node for each in page.observed.animations if each.node is not None and PLACES & {*each.properties}}
    return frozenset(found)


def lost(element: Element, clip: Element) -> float:
    """The share of the lines of text that the clip cuts off wholly or so far that they cannot be read, 0 to 1."""
    window, style = clip.box, clip.style
    boxes = own_boxes(element)
    if window is None or not boxes:
        return 0.0
    gone = 0
    for box in boxes:
        air = box.height * _AIR + _ROUNDING
        outside_y = style.get("overflow-y") in _CLIPS and (box.bottom > window.bottom + air or box.y < window.y - air)
        outside_x = style.get("overflow-x") in _CLIPS and (
            box.right > window.right + _ROUNDING + 4 or box.x < window.x - _ROUNDING - 4
        )
        gone += outside_x or outside_y
    return gone / len(boxes)


def is_hidden_on_purpose(document: Document, element: Element) -> bool:
    """Whether the text is meant for screen readers only, or waits outside the page until it is needed."""
    for each in (element, *document.ancestors(element)):
        box, style = each.box, each.style
        if box is not None and (box.width <= 2 or box.height <= 2) and style.get("overflow-x") in _CLIPS:
            return True
        if style.get("clip", "auto") not in {"auto", ""} or style.get("clip-path", "none") not in {"none", ""}:
            return True
        if box is not None and box.area and (box.right <= 0 or box.bottom <= 0) and not _is_scrolled(document, each):
            return True
        if style.get("visibility") in {"hidden", "collapse"} or style.get("opacity") == "0":
            return True
        # What shows a dot or an icon keeps its name so.
        if is_pushed_out(each):
            return True
    boxes = own_boxes(element)
    if boxes and all(box.right <= 0 or box.bottom <= 0 for box in boxes) and not _is_scrolled(document, element):
        return True
    return is_name_of_icon(document, element)


def _is_scrolled(document: Document, element: Element) -> bool:
    """Whether it is out of the window only as an area around it is scrolled, and comes back when that is."""
    area = document.closest(
        element,
        lambda each: (
            each.index != element.index
            and each.tag not in {"html", "body"}
            and bool({each.style.get("overflow-x"), each.style.get("overflow-y")} & {"auto", "scroll"})
        ),
    )
    return area is not None and area.box is not None and area.box.right > 0 and area.box.bottom > 0


def is_name_of_icon(document: Document, element: Element) -> bool:
    """Whether the text is pushed wholly out of a control that shows a picture instead: its name for screen readers."""
    clip = clip_of(document, element)
    if clip is None or clip.box is None:
        return False
    window, style = clip.box, clip.style
    beside = style.get("overflow-x") in _CLIPS
    below = style.get("overflow-y") in _CLIPS
    for box in own_boxes(element):
        out_x = box.x >= window.right - _SLIVER or box.right <= window.x + _SLIVER
        out_y = box.y >= window.bottom - _SLIVER or box.bottom <= window.y + _SLIVER
        if not (beside and out_x) and not (below and out_y):
            return False
    return _shows_picture(document, clip, window)


def _shows_picture(document: Document, clip: Element, window: Box) -> bool:
    parts = [part.box for part in clip.pseudo if part.kind in {"before", "after"}]
    parts += [each.box for each in document.descendants(clip) if each.tag in {"svg", "img"} and each.rendered]
    if any(box is not None and box.width >= _ICON and box.height >= _ICON and box.overlaps(window) for box in parts):
        return True
    return "url(" in clip.style.get("background-image", "none")


def lost_before(page: Page, target: Element, condition: Condition) -> bool:
    """Whether text of the element is cut off under a milder condition too, where it is told."""
    document = page.under(condition)
    twin = document.by_node.get(target.node) if document is not None else None
    if document is None or twin is None:
        return False
    clip = clip_of(document, twin)
    return clip is not None and lost(twin, clip) > 0


def says_more(target: Element, clip: Element) -> bool:
    """Whether an ellipsis or a clamp of lines tells that there is more."""
    return "ellipsis" in {target.style.get("text-overflow"), clip.style.get("text-overflow")} or clip.style.get(
        "-webkit-line-clamp", "none"
    ) not in {"", "none"}
