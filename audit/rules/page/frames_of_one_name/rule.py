"""Frames with the same name hold different things."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.destination import destination, spoken_name
from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import Ends, compare
from audit.semantics.words import words

RULE = Rule(
    title="Frames of one name, different content",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",), act=("4b1c6c",)),
    fixer=Fixer.THEME,
    why="People who use a screen reader choose frames by their names and cannot tell these apart.",
    since="0.1.0",
    axe=("frame-title-unique",),
    covers=("vague-frame-name",),
)
#: Before what stands in the markup of a frame itself.
_WRITTEN = "srcdoc: "


def applies(page: Page) -> Iterable[Element]:
    """The frames of each name that is given to frames with different addresses or contents of their own."""
    for group in _groups(page):
        yield from (frame for frame, _ in group)


def expect(page: Page, target: Element) -> Result:
    group = next(each for each in _groups(page) if any(frame is target for frame, _ in each))
    if group[0][0] is not target:
        return passed(told_of=group[0][0].selector)
    first = group[0][1]
    verdicts = [_compare(page, first, end, target.name) for _, end in group[1:] if end != first]
    fix = "Give each frame a title that says what is in it."
    name = target.name.strip()
    if Ends.DIFFERENT in verdicts:
        return failed(f"{len(group)} frames are called “{name}”, but they have different content.", fix)
    if Ends.UNKNOWN in verdicts:
        return ask(f"{len(group)} frames are called “{name}”. Do they have the same content?", fix)
    return passed(frames=len(group))


def _compare(page: Page, first: str, end: str, name: str) -> Ends:
    """Whether two frames hold the same; contents that stand in the markup of both are compared themselves."""
    if first.startswith(_WRITTEN) and end.startswith(_WRITTEN):
        return Ends.DIFFERENT if {*words(first)} ^ {*words(end)} else Ends.SAME
    if first.startswith(_WRITTEN) or end.startswith(_WRITTEN):
        return Ends.UNKNOWN
    return compare(page, first, end, name)


def _groups(page: Page) -> list[tuple[tuple[Element, str], ...]]:
    """The frames by name, with their addresses, or what stands in their ``srcdoc``; names of one address only left out."""
    groups: dict[str, list[tuple[Element, str]]] = {}
    for frame in page.document.tags("iframe", "frame"):
        written = frame.get("srcdoc")
        held = destination(frame, page.url) if written is None else _WRITTEN + written
        if frame.exposed and frame.rendered and frame.name.strip() and held is not None:
            groups.setdefault(spoken_name(frame.name), []).append((frame, held))
    return [tuple(group) for group in groups.values() if len({held for _, held in group}) > 1]
