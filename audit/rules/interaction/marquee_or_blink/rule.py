"""Text runs or blinks by itself."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.acting import controls, said_of

RULE = Rule(
    title="Text runs or blinks by itself",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.2.2",)),
    fixer=Fixer.AUTHOR,
    why="Moving text cannot be read by people who read slowly, and keeps others from reading anything beside it.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION}),
    axe=("marquee", "blink"),
)
_OBSOLETE = frozenset({"marquee", "blink"})
#: Seconds after which movement must be stoppable (2.2.2).
LIMIT = 5.0
_PAUSE = ("pause", "stop", "play", "hide", "motion", "animation", "arrêt", "arrêter", "figer")
_MOVES = frozenset(
    {"transform", "translate", "left", "right", "top", "bottom", "marginLeft", "marginRight", "opacity", "visibility"}
)


def applies(page: Page) -> Iterable[Element]:
    """Obsolete elements that were made to move, and text that moved while the page was watched."""
    moved = {change.node for change in page.changes or () if change.kind in {"motion", "flash"}}
    running = _running(page)
    for element in page.document:
        if (element.tag in _OBSOLETE and page.document.text(element)) or (
            element.node in moved
            and element.node in running
            and page.document.visible_text(element)
            and element.rendered
        ):
            yield element


def _running(page: Page) -> dict[int, float | None]:
    """Seconds for which animations run, by node; ``None``: without end."""
    told = page.facts.get("animations")
    found: dict[int, float | None] = {}
    for each in told if isinstance(told, (list, tuple)) else ():
        assert isinstance(each, dict)
        properties = each["properties"]
        assert isinstance(properties, (list, tuple))
        seconds, node = each["seconds"], each["node"]
        if isinstance(node, int) and _MOVES & set(properties) and (seconds is None or float(str(seconds)) > LIMIT):
            found[node] = None if seconds is None else float(str(seconds))
    return found


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = document.text(target)[:60]
    pausing = [each for each in controls(document) if any(word in said_of(document, each).lower() for word in _PAUSE)]
    if target.tag == "marquee":
        if pausing:
            return ask(f"“{text}” runs across the page. Does “{pausing[0].name}” stop it?", "Write it as plain text.")
        return failed(
            f"“{text}” runs across the page, and nothing stops it.",
            "Write it as plain text.",
            condition=Condition.MOTION,
        )
    if target.tag == "blink":
        return failed(
            f"“{text}” is marked to blink (<blink>).",
            "Write it as plain text; if it matters, write **strong** text.",
        )
    if pausing:
        return passed(control=pausing[0].selector)
    seconds = _running(page).get(target.node)
    how_long = "without end" if seconds is None else f"for {seconds:g} s"
    return ask(
        f"“{text}” moves or blinks {how_long}, and nothing on the page is called pause or stop. Can a reader stop it?",
        "End it within 5 seconds, or add a button that pauses it.",
        condition=Condition.MOTION,
        seconds=seconds,
    )
