"""Text runs or blinks by itself."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Change, Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, said_of
from audit.semantics.changes import takes_turns
from audit.semantics.words import counted

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
#: Times are told in half seconds, and what blinks slowly was last seen some time ago.
ROUNDING = 1.0
#: Seconds of one round of an animation from which on it is hardly seen to move.
SLOWEST = 20.0
#: CSS px of the shorter side from which on something without words takes the eye.
LEAST = 20.0
#: What says that something is being waited for moves for as long as that takes.
_WAITS = frozenset({"progressbar", "status", "alert", "timer"})
_PICTURES = frozenset({"img", "svg", "canvas", "picture", "video"})
_PAUSE = ("pause", "stop", "play", "hide", "motion", "animation", "arrêt", "arrêter", "figer")
_MOVES = frozenset(
    {"transform", "translate", "left", "right", "top", "bottom", "marginLeft", "marginRight", "opacity", "visibility"}
)


def applies(page: Page) -> Iterable[Element]:
    """Obsolete elements that were made to move, and text that moved or blinked while the page was watched; of slides
    that take turns by their styles the first. Without words, what a style sheet moves without end.
    """
    document = page.document
    moved, running, blinking, flashing = _moved(page), _running(page), _seen(page, "blink"), _flashing(page)
    turning: set[int | None] = set()
    for element in document:
        if not document.text(element):
            if running.get(element.node, LIMIT) is None and _is_seen(page, element) and element.parent not in turning:
                turning.add(element.parent)
                yield element
            continue
        if element.node in running and _leads(page, element):
            if element.box is not None and element.parent not in turning:
                turning.add(element.parent)
                yield element
        elif (
            element.tag in _OBSOLETE
            or (element.node in blinking and not takes_turns(page, element))
            or (element.node in flashing and element.node not in running and document.visible_text(element))
            or (
                element.node in running
                and (element.node in moved or (running[element.node] is None and element.rendered))
                and element.box is not None
            )
        ):
            yield element


def _is_seen(page: Page, element: Element) -> bool:
    """Whether something without words is large enough to take the eye, and is no sign that something is waited for.

    Of pictures and drawings ``moving-image-without-end`` tells.
    """
    box = element.box
    large = element.rendered and box is not None and min(box.width, box.height) >= LEAST
    picture = page.document.closest(element, lambda each: each.tag in _PICTURES) is not None
    return large and not picture and not _waits(page.document, element)


def _waits(document: Document, element: Element) -> bool:
    return document.closest(element, lambda each: each.role in _WAITS or each.get("aria-busy") == "true") is not None


def _moved(page: Page) -> frozenset[int | None]:
    return frozenset(change.node for change in page.changes or () if change.kind in {"motion", "flash", "blink"})


def _seen(page: Page, kind: str) -> dict[int, Change]:
    """What was seen to happen again and again, by node."""
    return {
        change.node: change
        for change in page.changes or ()
        if change.kind == kind and change.node is not None and change.detail == "more than once"
    }


def _flashing(page: Page) -> dict[int, Change]:
    """Colours that a script changes to and fro for as long as is looked; what a style sheet animates is told elsewhere."""
    animated = {each.node for each in page.observed.animations}
    return {
        node: change
        for node, change in _seen(page, "flash").items()
        if change.duration >= LIMIT - ROUNDING and node not in animated
    }


def _running(page: Page) -> dict[int, float | None]:
    """Seconds for which animations run, by node; ``None``: without end."""
    return {
        each.node: each.seconds
        for each in page.observed.animations
        if each.node is not None and _MOVES & {*each.properties} and (each.seconds is None or each.seconds > LIMIT)
    }


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
    told = _running(page)
    if target.node not in told:
        return _judge_script(page, target, text)
    if not text:
        return ask(
            f"A style sheet moves <{target.tag}> without end, and nothing on the page is called pause or stop. Can a reader stop it?",
            "End it within 5 seconds, or add a button that pauses it.",
            condition=Condition.MOTION,
        )
    seconds = told[target.node]
    waits = _waits(document, target)
    if target.node not in _moved(page) and not _leads(page, target):
        # A slide that rests for some seconds has not moved yet; nor has what only seems to be animated.
        return ask(
            f"A style sheet animates “{text}” without end. Does it move, and how does a reader stop it?",
            "End it within 5 seconds, or add a button that pauses it.",
            condition=Condition.MOTION,
        )
    if seconds is None and not waits and _goes_and_comes(page, target):
        return failed(
            f"“{text}” moves or blinks without end, and nothing on the page stops it.",
            "End it within 5 seconds, or add a button that pauses it.",
            condition=Condition.MOTION,
        )
    how_long = "without end" if seconds is None else f"for {counted(seconds, 'second', 'seconds')}"
    return ask(
        f"“{text}” moves or blinks {how_long}, and nothing on the page is called pause or stop. Can a reader stop it?",
        "End it within 5 seconds, or add a button that pauses it.",
        condition=Condition.MOTION,
        seconds=seconds,
    )


def _judge_script(page: Page, target: Element, text: str) -> Result:
    blinking = _seen(page, "blink")
    fix = "End it within 5 seconds, or add a button that pauses it."
    if target.node not in blinking:
        return ask(
            f"The colours of “{text}” change again and again by themselves. Does it blink for more than 5 seconds?",
            fix,
            condition=Condition.MOTION,
        )
    seen = blinking[target.node]
    if seen.seconds + seen.duration < LIMIT - ROUNDING:
        # Things that still blink are watched for longer than this.
        return passed(ended=seen.seconds + seen.duration)
    if seen.duration >= LIMIT - ROUNDING:
        return failed(
            f"“{text}” blinks for more than 5 seconds, and nothing on the page stops it.",
            fix,
            condition=Condition.MOTION,
        )
    return ask(f"“{text}” blinks by itself. Does it go on for more than 5 seconds?", fix, condition=Condition.MOTION)


def _leads(page: Page, target: Element) -> bool:
    """Whether the steps of an animation without end lead away from its place or out of sight, if it rests there for now."""
    return any(each.node == target.node and each.leads and each.seconds is None for each in page.observed.animations)


def _goes_and_comes(page: Page, target: Element) -> bool:
    """Whether the animation takes the text out of sight or away from its place, and so keeps it from being read."""
    return any(each.node == target.node and 0 < each.cycle <= SLOWEST for each in page.observed.animations)
