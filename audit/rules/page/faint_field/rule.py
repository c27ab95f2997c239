"""The edge of a field can hardly be told from what is around it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics import colour
from audit.semantics.contrast import is_inactive, solid_background

RULE = Rule(
    title="The edge of the field is faint",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.11",)),
    fixer=Fixer.THEME,
    why="People with low vision do not find the place where they are to write.",
    since="0.1.0",
    needs=frozenset({Condition.DARK}),
)
LEAST = 3.0
#: Below this there is no edge at all; the field is then known by something else, or is meant to look like text.
NONE = 1.04
_TYPES = frozenset(
    {"text", "search", "email", "tel", "url", "password", "number", "date", "time", "datetime-local", "month", "week"}
)
#: Drawn by the browser, and well, unless a style sheet took that away (``appearance: none``).
_BOXES = frozenset({"checkbox", "radio"})
_SIDES = ("top", "right", "bottom", "left")


def applies(page: Page) -> Iterable[Element]:
    """Text fields and lists that are rendered and active, and boxes that a style sheet draws."""
    document = page.document
    for element in document.tags("input", "textarea", "select"):
        kind = (element.get("type") or "text").lower() if element.tag == "input" else "text"
        if not (element.rendered and element.exposed and element.box and element.box.area > 40):
            continue
        own = kind in _BOXES and element.style.get("appearance") == "none" and not element.checked
        if kind not in _TYPES and not (own and not _pictured(document, element)):
            continue
        if not is_inactive(document, element):
            yield element


def expect(page: Page, target: Element) -> Result:
    for condition in (Condition.WIDE, Condition.DARK):
        document = page.under(condition)
        element = page.same(target, condition)
        best = _best(document, element) if document is not None and element is not None and element.rendered else None
        if best is None or best[0] >= LEAST or best[0] <= NONE:
            continue
        called = target.name.strip()[:50]
        what = f"the field “{called}”" if called else "a field without a name"
        return failed(
            f"The edge of {what} has a contrast of {best[0]:g}:1 to the page around it ({best[1]}); 3:1 is needed.",
            "Give fields a border (at least along one side) or a fill with a contrast of 3:1.",
            None if condition is Condition.WIDE else condition,
            ratio=best[0],
            needed=LEAST,
        )
    return passed()


def _pictured(document: Document, box: Element) -> bool:
    """Whether something beside the box may draw it: then its own edge is not what is seen."""
    around = document.parent(box)
    drawn = [each for each in (box, *document.children(around)) if each.pseudo] if around is not None else []
    return bool(drawn) or box.style.get("opacity", "1") != "1"


def _best(document: Document, field: Element) -> tuple[float, str] | None:
    """The highest contrast that border, fill, outline or shadow have to the surroundings; ``None``: not certain."""
    style = field.style
    parent = document.parent(field)
    outside = solid_background(document, parent) if parent is not None else None
    inside = solid_background(document, field)
    if outside is None or inside is None or style.get("box-shadow", "none") != "none":
        return None
    # A wrapper that is hardly larger draws the edge in place of the field.
    if parent is not None and parent.box and field.box and _draws(parent) and parent.box.height - field.box.height < 24:
        return None
    if style.get("outline-style", "none") not in {"none", ""} and style.get("outline-width", "0px") != "0px":
        return None
    shades = [inside]
    for side in _SIDES:
        if (
            style.get(f"border-{side}-style", "none") in {"none", "hidden"}
            or style.get(f"border-{side}-width") == "0px"
        ):
            continue
        edge = colour.parse(style.get(f"border-{side}-color", ""))
        if edge is None:
            return None
        # An edge shows against what is outside it or against the fill.
        drawn = colour.over(edge, inside)
        shades.append(drawn)
        if colour.contrast(drawn, inside) >= LEAST:
            return 21.0, drawn.hex
    ratios = [(round(colour.contrast(shade, outside), 2), f"{shade.hex} beside {outside.hex}") for shade in shades]
    return max(ratios)


def _draws(element: Element) -> bool:
    back = colour.parse(element.style.get("background-color", ""))
    bordered = any(element.style.get(f"border-{side}-style", "none") not in {"none", "hidden"} for side in _SIDES)
    return bordered or (back is not None and back.alpha > 0) or element.style.get("box-shadow", "none") != "none"
