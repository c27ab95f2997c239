"""The page turns itself against the way the device is held."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

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
_UNITS = {"deg": 1.0, "rad": 180 / math.pi, "turn": 360.0, "grad": 0.9}
#: Degrees by which a right angle may be missed.
TOLERANCE = 1.0


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements with text whose transform depends on how the device is held."""
    asked = page.facts.get("orientation_rules")
    if not asked:
        return
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


def expect(page: Page, target: Element) -> Result:
    upright, sideways = _styles(page, target)
    assert upright is not None
    assert sideways is not None
    between = abs(_angle(upright) - _angle(sideways)) % 360
    if not any(abs(between - right) <= TOLERANCE for right in (90, 270)):
        return passed(degrees=round(between, 1))
    return failed(
        f"Held upright, <{target.tag}> is turned by {_angle(upright):.0f}°, held sideways by {_angle(sideways):.0f}°: the text always stands one way.",
        "Take the rotation out of the orientation query; let the layout follow the device.",
        condition=Condition.NARROW if _angle(upright) else Condition.LANDSCAPE,
        degrees=round(between, 1),
    )
