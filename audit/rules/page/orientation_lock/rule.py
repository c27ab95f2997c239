"""The page turns itself against the way the device is held."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="The page is locked to one orientation",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.4",), act=("b33eff",)),
    fixer=Fixer.THEME,
    why="People whose device is fixed to a wheelchair or a stand cannot turn it to read.",
    since="0.1.0",
    needs=frozenset({Condition.NARROW, Condition.LANDSCAPE}),
    axe=("css-orientation-lock",),
)
_MATRIX = re.compile(r"matrix\(([^)]*)\)|matrix3d\(([^)]*)\)")
# A turn about the axis that points out of the screen; about another axis nothing stands sideways.
_ANGLE = re.compile(r"^(?:z |0 0 1 )?(-?[\d.]+)(deg|rad|turn|grad)$")
_HIDES = re.compile(r"\b(?:display|visibility|opacity|height|content-visibility|left|top|clip-path)\s*:", re.IGNORECASE)
_TURN = re.compile(
    r"\b(?:rotat\w*|turn|tilt|hold|flip|tourne\w*|pivote\w*)\b.{0,30}\b(?:device|phone|tablet|screen|appareil|téléphone|tablette|écran)\b"
    r"|\b(?:landscape|portrait|upright|sideways|paysage)\b.{0,30}\b(?:mode|only|orientation|please|seulement)\b",
    re.IGNORECASE | re.DOTALL,
)
#: What a control is called that puts the plea away, or shows the rest all the same.
_WAY_ON = re.compile(
    r"\b(?:anyway|anyhow|continue|proceed|skip|ignore|dismiss|close|not now|got it|ok|okay|no thanks|stay|keep|show|view|read"
    r"|quand même|continuer|poursuivre|ignorer|passer|fermer|afficher|compris|plus tard|rester|garder)\b",
    re.IGNORECASE,
)
_UNITS = {"deg": 1.0, "rad": 180 / math.pi, "turn": 360.0, "grad": 0.9}
#: Degrees by which a right angle may be missed.
TOLERANCE = 1.0


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements with text that is turned, or taken away, by how the device is held."""
    if not page.observed.orientation_rules:
        return
    yield from _hidden(page)
    for element in page.document:
        if element.box is None or not element.rendered or not page.document.visible_text(element):
            continue
        upright, sideways = _styles(page, element)
        if upright is not None and sideways is not None and _look(upright) != _look(sideways):
            yield element


def _styles(page: Page, element: Element) -> tuple[Element | None, Element | None]:
    return page.same(element, Condition.NARROW), page.same(element, Condition.LANDSCAPE)


def _look(element: Element) -> tuple[str, str]:
    # Under a relative translation the matrix differs with the size of the window; only the angle counts here.
    return str(round(_angle(element))), element.style.get("rotate", "none")


def _angle(element: Element) -> float:
    """By how many degrees the element is turned in its plane, 0 to 360."""
    turned = 0.0
    match = _MATRIX.search(element.style.get("transform", "none"))
    if match:
        values = [float(each) for each in (match.group(1) or match.group(2)).split(",")]
        turned = math.degrees(math.atan2(values[1], values[0]))
    for number, unit in _ANGLE.findall(element.style.get("rotate", "none")):
        turned += float(number) * _UNITS[unit]
    return turned % 360


def _hidden(page: Page) -> Iterable[Element]:
    """The outermost elements with text that a query about the orientation takes away, held in one of the two ways."""
    if not any(_HIDES.search(each.declarations) for each in page.observed.orientation_rules):
        return
    gone: set[int] = set()
    for element in page.document:
        if element.parent in gone:
            gone.add(element.index)
            continue
        upright, sideways = _styles(page, element)
        if upright is None or sideways is None or upright.rendered == sideways.rendered:
            continue
        gone.add(element.index)
        if page.document.text(element):
            yield element


def _expect_hidden(page: Page, target: Element, upright: Element) -> Result:
    """``target`` is seen when the device is held in one way only."""
    missing, there = ("sideways", Condition.NARROW) if upright.rendered else ("upright", Condition.LANDSCAPE)
    other = page.documents[Condition.LANDSCAPE if upright.rendered else Condition.NARROW]
    text = page.documents[there].visible_text(page.documents[there].by_node[target.node])
    if not text or f" {' '.join(words(text))} " in f" {' '.join(words(other.visible_text(other.root)))} ":
        return passed()
    asks = _TURN.search(other.visible_text(other.root))
    fix = "Show the same content however the device is held; only its layout may differ."
    if _TURN.search(text) and not asks:
        # This is the plea itself, seen in the other way of holding the device.
        return passed(plea=True)
    ways = list(_ways_on(other, page.documents[there])) if asks else []
    if any(_WAY_ON.search(each.name) for each in ways):
        return passed(way_on=ways[0].name)
    if asks and not ways:
        return failed(
            f"Held {missing}, the page asks to turn the device, and “{text[:60]}” is not there.",
            fix,
            condition=Condition.LANDSCAPE if upright.rendered else Condition.NARROW,
        )
    return ask(
        f"Held {missing}, “{text[:60]}” is not there. Does the page say or do the same in another way?",
        fix,
        condition=Condition.LANDSCAPE if upright.rendered else Condition.NARROW,
    )


def _ways_on(document: Document, other: Document) -> Iterable[Element]:
    """The controls beside a plea to turn the device: in the outermost part that is shown only where the plea is."""
    for element in document:
        if not (element.rendered and element.exposed) or element.role not in {"button", "link", "checkbox", "switch"}:
            continue
        twin = other.by_node.get(element.node)
        if twin is not None and twin.rendered:
            continue
        layer = element
        for above in document.ancestors(element):
            twin = other.by_node.get(above.node)
            if twin is not None and twin.rendered:
                break
            layer = above
        if _TURN.search(document.visible_text(layer)) or _WAY_ON.search(element.name):
            yield element


def expect(page: Page, target: Element) -> Result:
    one, two = _styles(page, target)
    if one is not None and two is not None and one.rendered != two.rendered:
        return _expect_hidden(page, target, one)
    upright, sideways = _styles(page, target)
    assert upright is not None
    assert sideways is not None
    between = abs(_angle(upright) - _angle(sideways)) % 360
    if not any(abs(between - right) <= TOLERANCE for right in (90, 270)):
        return passed(degrees=round(between, 1))
    return failed(
        f"Held upright, <{target.tag}> is turned by {_angle(upright):.0f}°, held sideways by {_angle(sideways):.0f}°: the text always points the same way.",
        "Take the rotation out of the orientation query; let the layout follow the device.",
        condition=Condition.NARROW if _angle(upright) else Condition.LANDSCAPE,
        degrees=round(between, 1),
    )
