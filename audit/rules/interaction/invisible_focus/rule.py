"""Nothing on the page shows where keyboard focus is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import FocusStop, Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.colour import Colour, contrast, over, parse
from audit.semantics.contrast import solid_background
from audit.semantics.keyboard_walk import covered, label, stops

RULE = Rule(
    title="Keyboard focus cannot be seen",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.7",), act=("oj04fd",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard and see the screen do not know where they are.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: Fewer pixels than a line of 1 px along the short side of a small letter are noise, not an indicator.
LEAST = 6
#: Below this the two states can hardly be told apart: half of what the focus indicator of 1.4.11 must have at least.
FAINT = 1.5
#: Up to this share of the differing pixels, the picture has only moved.
SHIFTED = 0.1


def applies(page: Page) -> Iterable[Element]:
    """Elements that Tab reached and whose pixels were compared with and without focus."""
    covers = covered(page)
    for node, stop in stops(page).items():
        element = page.document.by_node.get(node)
        if element is None or stop.changed_pixels is None or not _is_seen(element):
            continue
        # Nothing can be seen of what lies under something else: that is told as such (covered-focus).
        if stop.changed_pixels >= LEAST or covers.get(node) is None or covers[node].covered_by is None:
            yield element


def _is_seen(element: Element) -> bool:
    # The embedded page shows focus itself, on its own elements.
    return element.tag not in {"iframe", "object", "embed"}


def expect(page: Page, target: Element) -> Result:
    stop = stops(page)[target.node]
    pixels, ratio = stop.changed_pixels or 0, stop.changed_contrast or 1.0
    what = label(target, page.document.text(target))
    # The edges of letters that move by less than a pixel remain.
    if pixels >= LEAST and stop.changed_beyond is not None and stop.changed_beyond <= SHIFTED * pixels:
        return ask(
            f"With focus on {what} lines only move by a pixel. Can you see where focus is?",
            "Give :focus-visible an outline of at least 2 px, with some offset, in a colour that stands out.",
            condition=Condition.KEYBOARD,
            pixels=pixels,
        )
    if pixels >= LEAST and ratio >= FAINT:
        if _only_loses_its_border(page, target, stop):
            return ask(
                f"With focus on {what} its border disappears, and nothing appears in its place. Can you see where focus is?",
                "Give :focus-visible an outline of at least 2 px in a colour that stands out.",
                condition=Condition.KEYBOARD,
                pixels=pixels,
            )
        return passed(pixels=pixels, contrast=ratio)
    if stop.box is None or stop.box.area < 4 or not stop.in_view:
        return ask(
            f"{what} has focus while it is outside the page or has no size. Can a person see that?",
            "Show the element while it has focus, or take it out of the tab order.",
            condition=Condition.KEYBOARD,
        )
    if _shows_by_itself(target):
        return passed(caret=True)
    if pixels < LEAST:
        return failed(
            f"With focus on {what} nothing on the screen looks different.",
            "Leave the browser's outline alone, or give :focus-visible an outline of at least 2 px in a colour that stands out.",
            condition=Condition.KEYBOARD,
            pixels=pixels,
        )
    return ask(
        f"With focus on {what}, {pixels} pixels change, by a contrast of {ratio}:1 at most. Can you see it?",
        "Give :focus-visible an outline of at least 2 px with a contrast of 3:1.",
        condition=Condition.KEYBOARD,
        pixels=pixels,
        contrast=ratio,
    )


def _only_loses_its_border(page: Page, element: Element, stop: FocusStop) -> bool:
    """Whether all that focus does to the look of an element is that its border can no longer be seen."""
    behind = solid_background(page.document, page.document.parent(element) or element)
    before, after = element.style, stop.style
    if behind is None or not after or _shows_by_itself(element):
        return False
    changed = {name for name, value in after.items() if before.get(name) != value}
    if any(not name.startswith(("border-", "outline-")) for name in changed) or _has_outline(after, behind):
        return False
    return _has_border(before, behind) and not _has_border(after, behind)


def _has_border(style: Mapping[str, str], behind: Colour) -> bool:
    return any(
        style.get(f"border-{side}-style") not in {None, "none", "hidden"}
        and style.get(f"border-{side}-width") != "0px"
        and _is_told_from(style.get(f"border-{side}-color", ""), behind)
        for side in ("top", "right", "bottom", "left")
    )


def _has_outline(style: Mapping[str, str], behind: Colour) -> bool:
    drawn = style.get("outline-style") != "none" and style.get("outline-width") != "0px"
    return drawn and _is_told_from(style.get("outline-color", ""), behind)


def _is_told_from(written: str, behind: Colour) -> bool:
    """Whether a colour stands out from what is behind it; one that is not known does."""
    colour = parse(written)
    return colour is None or contrast(over(colour, behind), behind) >= FAINT


def _shows_by_itself(element: Element) -> bool:
    # A text field shows a blinking caret, which the comparison leaves out.
    types = {"button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"}
    if element.tag == "input":
        return (element.get("type") or "text").lower() not in types
    return element.tag == "textarea" or element.get("contenteditable") in {"", "true", "plaintext-only"}
