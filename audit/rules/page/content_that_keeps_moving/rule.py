"""Something moves again and again by itself, moved by a script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, speaks_of
from audit.semantics.changes import takes_turns
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Can people stop this movement?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.2.2",)),
    fixer=Fixer.THEME,
    why="Movement takes the eye away from the text; some people cannot read on, and some cannot read fast enough.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION}),
)
#: Seconds of movement that were seen without a pause, from which on it is taken to go on.
GOES_ON = 2.5
#: Seconds after which movement must be stoppable (2.2.2), less what is lost by looking ten times a second.
LIMIT = 5.0
_PAUSE = re.compile(
    r"\b(?:paus\w*|stop\w*|play|freez\w*|motion|animation\w*|auto\w*|arrêt\w*|figer|lecture)\b", re.IGNORECASE
)


def applies(page: Page) -> Iterable[Element]:
    """The outermost rendered elements with words or pictures that were moved more than once, where a timer or a script goes on."""
    document = page.document
    animated = _animated(page)
    found: list[Element] = []
    for change in page.changes or ():
        element = document.by_node.get(change.node) if change.node is not None else None
        if element is None or change.kind != "motion" or change.detail != "more than once" or not element.rendered:
            continue
        if (
            any(each.node in animated for each in (element, *document.ancestors(element)))
            or element.tag in {"marquee", "html", "body"}
            or takes_turns(page, element)
            or not (_repeats(page) or change.duration >= GOES_ON)
        ):
            continue
        if document.visible_text(element) or any(
            each.tag in {"img", "svg", "video"} for each in document.descendants(element)
        ):
            found.append(element)
    yield from (each for each in found if not any(document.contains(other, each) for other in found))


def _repeats(page: Page) -> bool:
    """Whether a timer of the page repeats, no faster than things are looked at."""
    return any(timer.name == "setInterval" and timer.delay >= 500 for timer in page.observed.timers)


def _lasted(page: Page, target: Element) -> float:
    return max(
        (each.duration for each in page.changes or () if each.node == target.node and each.kind == "motion"),
        default=0.0,
    )


def _animated(page: Page) -> set[int]:
    """What a style sheet moves, with all that is in it: ``marquee-or-blink`` looks at that."""
    return {each.node for each in page.observed.animations if each.node is not None}


def expect(page: Page, target: Element) -> Result:
    document = page.document
    pausing = next(
        (each for each in controls(document) if not each.disabled and speaks_of(document, each, _PAUSE)), None
    )
    if pausing is not None:
        return passed(control=pausing.selector)
    fix = "Let it move only when the reader asks; or add a button that pauses it."
    if _lasted(page, target) >= LIMIT and not any(not each.disabled for each in controls(document)):
        return failed(
            f"{label(target, document.visible_text(target))} is moved by a script for more than 5 seconds, "
            "and the page has no control that could stop it.",
            fix,
            condition=Condition.MOTION,
        )
    return ask(
        f"{label(target, document.visible_text(target))} moves by itself, and no control is called pause or stop. Does it go on for more than five seconds?",
        fix,
        condition=Condition.MOTION,
    )
