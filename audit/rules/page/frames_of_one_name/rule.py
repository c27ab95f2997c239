"""Frames with the same name hold different things."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.destination import destination
from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import Ends, compare, of_one_name

RULE = Rule(
    title="Frames of one name, different content",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",), act=("4b1c6c",)),
    fixer=Fixer.THEME,
    why="People who use a screen reader choose frames by their names and cannot tell these apart.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """The first frame of each name that is given to frames with different addresses."""
    for group in _groups(page):
        yield group[0][0]


def expect(page: Page, target: Element) -> Result:
    group = next(each for each in _groups(page) if each[0][0] is target)
    first = destination(target, page.url) or ""
    verdicts = [compare(page, first, end, target.name) for _, end in group[1:] if end != first]
    fix = "Give each frame a title that says what it holds."
    name = target.name.strip()
    if Ends.DIFFERENT in verdicts:
        return failed(f"{len(group)} frames are called “{name}”, but they hold different things.", fix)
    if Ends.UNKNOWN in verdicts:
        return ask(f"{len(group)} frames are called “{name}”. Do they hold the same?", fix)
    return passed(frames=len(group))


def _groups(page: Page) -> list[tuple[tuple[Element, str], ...]]:
    frames = (each for each in page.document.tags("iframe", "frame") if each.exposed and each.rendered)
    return list(of_one_name(page, frames))
