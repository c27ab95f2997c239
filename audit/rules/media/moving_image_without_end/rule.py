"""A picture with several frames moves without end, and nothing stops it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls
from audit.semantics.words import counted

RULE = Rule(
    title="Moving image that nobody can stop",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("2.2.2",)),
    fixer=Fixer.AUTHOR,
    why="Whoever is drawn away by movement cannot read the text beside it, and nobody can stop an animated image by a key.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION}),
)
#: Seconds after which movement must be stoppable (2.2.2).
LIMIT = 5.0
#: What says that something is being waited for moves for as long as that takes.
_WAITS = frozenset({"progressbar", "status", "alert", "timer"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered images of several frames."""
    for node in _lasting(page):
        element = page.document.by_node.get(node)
        if element is not None:
            yield element


def _lasting(page: Page) -> dict[int, float | None]:
    """For how many seconds the images move, by node; ``None``: without end."""
    return {each.node: each.lasting for each in page.observed.flashes if each.kind == "picture"}


def expect(page: Page, target: Element) -> Result:
    document = page.document
    seconds = _lasting(page)[target.node]
    if seconds is not None and seconds <= LIMIT:
        return passed(seconds=seconds)
    if document.closest(target, lambda each: each.role in _WAITS or each.get("aria-busy") == "true") is not None:
        return passed(waits=True)
    what = f"The image “{target.name[:60]}”" if target.name.strip() else "An image"
    how = "without end" if seconds is None else f"for {counted(seconds, 'second', 'seconds')}"
    fix = "Show a still image, let it play once within 5 seconds, or use a video with controls."
    able = [each for each in controls(document) if not each.disabled]
    if able:
        return ask(f"{what} moves {how}. Which control stops it?", fix, seconds=seconds)
    return failed(f"{what} moves {how}, and the page has no control that could stop it.", fix, seconds=seconds)
