"""Something large flashes more than three times within one second: measured, frame by frame."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Flashing
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import counted

RULE = Rule(
    title="Flashes more than three times a second",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("2.3.1",)),
    fixer=Fixer.AUTHOR,
    why="Flashing light can set off a seizure in people with photosensitive epilepsy, before anybody can look away.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION}),
    covers=("flashing-animation",),
)
#: Flashes within one second that 2.3.1 allows, and how many make a question of what was only seen as it happened.
MOST, SUSPECT = 3, 2
#: A quarter of 10 degrees of the visual field, as 2.3.1 counts it, in square CSS px.
AREA = 341 * 256 / 4
_WORDS = {"picture": "picture", "film": "video", "animation": "animated area", "script": "area that a script draws"}


def applies(page: Page) -> Iterable[Element]:
    """Moving pictures, videos, animations and drawn areas of at least 21,824 square px, as 2.3.1 counts them."""
    for node in _measured(page):
        element = page.document.by_node.get(node)
        # A smaller picture is measured to know how long it moves, and cannot flash in this sense.
        if element is not None and not (element.tag == "img" and element.box is not None and element.box.area < AREA):
            yield element


def _measured(page: Page) -> dict[int, Flashing]:
    """The measure of each element; the worst of several, and of those the one that was stepped through."""
    found: dict[int, Flashing] = {}
    for each in page.observed.flashes:
        if each.node not in found or _weight(found[each.node]) < _weight(each):
            found[each.node] = each
    return found


def _weight(one: Flashing) -> tuple[bool, int]:
    # What a script draws is counted as it happens, and so less surely than what is stepped through.
    return one.kind != "script" and one.flashes > MOST, one.flashes


def expect(page: Page, target: Element) -> Result:
    measured = _measured(page)[target.node]
    kind, flashes, seconds = measured.kind, measured.flashes, measured.seconds
    what = f"The {_WORDS[kind]}{f' “{target.name[:60]}”' if target.name else ''}"
    fix = "Take it out, slow it down to three flashes a second, or show it smaller than 341 × 64 px. A warning is not enough."
    if kind == "script":
        # Seen as it happened, on a machine that may have been busy: how often exactly is for a person to say.
        if flashes < SUSPECT:
            return passed(kind=kind)
        return ask(f"{what} gets lighter and darker again and again. More than three times within a second?", fix)
    if flashes > MOST:
        how = "turns red and back" if measured.red else "gets lighter and darker"
        return failed(f"{what} {how} {flashes} times within one second.", fix, flashes=flashes, kind=kind)
    if not measured.whole:
        return ask(
            f"{what} does not flash in its first {counted(seconds, 'second', 'seconds')}, which was measured. Does it later?",
            "Watch the rest of it: lightning, strobe lights, quick cuts between bright and dark.",
            measured=seconds,
        )
    return passed(flashes=flashes, kind=kind)
