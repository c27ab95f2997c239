"""An icon that stands for a control without words can hardly be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics import colour
from audit.semantics.contrast import is_inactive, solid_background
from audit.semantics.keyboard_walk import label
from audit.semantics.overlaps import lies_on_another
from audit.semantics.words import has_words

RULE = Rule(
    title="The icon can hardly be seen",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.11",)),
    fixer=Fixer.THEME,
    why="People with low vision do not see that there is something to press.",
    since="0.1.0",
    needs=frozenset({Condition.DARK}),
)
LEAST = 3.0
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_CONTROLS = frozenset({"button", "link", "checkbox", "switch", "tab", "menuitem"})
_UNPAINTED = frozenset({"defs", "clippath", "mask", "symbol", "pattern", "marker", "lineargradient", "radialgradient"})


def applies(page: Page) -> Iterable[Element]:
    """Active controls that are seen by nothing but a drawing in the page."""
    for element in page.document:
        if element.role in _CONTROLS and element.rendered and element.exposed and _drawn(page.document, element):
            yield element


def _drawn(document: Document, control: Element) -> list[Element]:
    """The shapes of a control that shows neither words nor any other picture; empty for all others."""
    if has_words(document.visible_text(control)) or is_inactive(document, control):
        return []
    inside = [each for each in document.descendants(control) if each.rendered]
    if any(each.tag in {"img", "picture", "canvas", "video", "object", "image", "use", "text"} for each in inside):
        return []
    if any(pseudo.text.strip() or pseudo.box for each in (control, *inside) for pseudo in each.pseudo):
        return []
    if any(each.style.get("background-image", "none") != "none" for each in (control, *inside)):
        return []
    return [each for each in inside if each.tag in _SHAPES and not _aside(document, each)]


def _aside(document: Document, shape: Element) -> bool:
    return document.closest(shape, lambda each: each.tag in _UNPAINTED) is not None or shape.box is None


def expect(page: Page, target: Element) -> Result:
    for condition in (Condition.WIDE, Condition.DARK):
        document = page.under(condition)
        element = page.same(target, condition)
        if document is None or element is None or not element.rendered:
            continue
        best = _best(document, element)
        if best is None or best[0] >= LEAST or lies_on_another(document, element):
            continue
        return failed(
            f"The icon of {label(target, '')} has a contrast of {best[0]:g}:1 ({best[1]}); 3:1 is needed.",
            "Draw it in the colour of the text around it (fill or stroke: currentColor).",
            None if condition is Condition.WIDE else condition,
            ratio=best[0],
            needed=LEAST,
        )
    return passed()


def _best(document: Document, control: Element) -> tuple[float, str] | None:
    """The highest contrast of any of its shapes to what is behind the control; ``None``: not certain."""
    behind = solid_background(document, control)
    parent = document.parent(control)
    outside = solid_background(document, parent) if parent is not None else behind
    if behind is None or outside is None:
        return None
    # A control with a fill or an edge of its own is seen by that, too.
    found = [(round(colour.contrast(behind, outside), 2), f"{behind.hex} on {outside.hex}")]
    for shape in _drawn(document, control):
        for drawn, paint in (("fill", shape.style.get("fill", "")), ("stroke", shape.style.get("stroke", ""))):
            if paint in {"", "none"} or (drawn == "fill" and not _has_area(shape)):
                continue
            shade = colour.parse(paint)
            if shade is None or shape.style.get("opacity", "1") != "1" or _faded(document, shape, control):
                return None
            if shade.alpha > 0:
                mixed = colour.over(shade, behind)
                found.append((round(colour.contrast(mixed, behind), 2), f"{drawn} {mixed.hex} on {behind.hex}"))
    if len(found) == 1 or any(_edged(each) for each in (control, *document.descendants(control))):
        return None
    return max(found)


def _has_area(shape: Element) -> bool:
    """Whether a fill could be seen: a stroke from one point to another encloses nothing."""
    if shape.tag == "line":
        return False
    if shape.tag == "polyline":
        return len(re.findall(r"-?[\d.]+", shape.get("points") or "")) > 4
    if shape.tag != "path":
        return True
    return any(
        len(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", part)) > (2 if len(re.findall(r"[hv]", part, re.IGNORECASE)) else 4)
        or re.search(r"[acqstz]", part, re.IGNORECASE)
        or len(re.findall(r"[hv]", part, re.IGNORECASE)) > 1
        for part in re.split(r"(?=[Mm])", shape.get("d") or "")
    )


def _faded(document: Document, shape: Element, control: Element) -> bool:
    between = [each for each in document.ancestors(shape) if document.contains(control, each)]
    return any(
        each.style.get("opacity", "1") != "1" or each.style.get("filter", "none") != "none" or each.has("mask")
        for each in between
    )


def _edged(element: Element) -> bool:
    if element.style.get("box-shadow", "none") != "none":
        return True
    return any(
        element.style.get(f"border-{side}-style", "none") not in {"none", "hidden"}
        and element.style.get(f"border-{side}-width", "0px") != "0px"
        for side in ("top", "right", "bottom", "left")
    )
