"""Something large changes its look more than three times a second."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Does this flash?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.3.1",)),
    fixer=Fixer.THEME,
    why="Flashing light can bring on a seizure in people with photosensitive epilepsy.",
    since="0.1.0",
)
#: Flashes a second (2.3.1), and seconds for which they must go on to be three.
MOST, SHORTEST = 3, 1.0
#: A quarter of 10 degrees of the visual field, as the definition counts it on a window of 1024 by 768: 341 by 256 CSS px.
AREA = 341 * 256 / 4
_LOOK = frozenset(
    {"opacity", "visibility", "backgroundColor", "background", "backgroundImage", "color", "fill", "filter"}
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements whose brightness or colour an animation of the style sheet or of a script changes."""
    for node in _animated(page):
        element = page.document.by_node.get(node)
        if element is not None and element.rendered and element.box is not None:
            yield element


def _animated(page: Page) -> dict[int, float]:
    """Seconds of one round of the fastest animation of the look, by node."""
    found: dict[int, float] = {}
    for each in page.observed.animations:
        lasting = each.seconds is None or each.seconds >= SHORTEST
        if each.node is not None and _LOOK & set(each.properties) and lasting and each.cycle > 0:
            found[each.node] = min(each.cycle, found.get(each.node, each.cycle))
    return found


def _is_measured(page: Page, target: Element) -> bool:
    """Whether its flashes were counted: ``flashes-too-often`` says how many there are."""
    return any(each.node == target.node and each.kind == "animation" for each in page.observed.flashes)


def expect(page: Page, target: Element) -> Result:
    cycle = _animated(page)[target.node]
    assert target.box is not None
    often = 1 / cycle
    if often <= MOST or target.box.area < AREA or _is_measured(page, target):
        return passed(rounds=round(often, 1))
    return ask(
        f"{label(target, page.document.visible_text(target))} changes its look {often:.3g} times a second on "
        f"{target.box.width:.0f} × {target.box.height:.0f} px. Does it get lighter and darker that often?",
        "Change it at most three times a second, or not at all.",
        rounds=round(often, 1),
    )
