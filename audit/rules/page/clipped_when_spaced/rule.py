"""Text is cut off when readers widen its spacing."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.clipping import clip_of, clipped, lost, lost_before, says_more

RULE = Rule(
    title="Text is cut off when spaced",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.12",)),
    fixer=Fixer.THEME,
    why="People with dyslexia or low vision who set wider lines and letters lose the words that are cut off.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION, Condition.SPACING}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements with text inside something that clips."""
    yield from clipped(page, Condition.SPACING)


def expect(page: Page, target: Element) -> Result:
    document = page.under(Condition.SPACING)
    assert document is not None
    clip = clip_of(document, target)
    share = lost(target, clip) if clip is not None else 0.0
    # What is cut off under the milder condition too is told there; an ellipsis or a clamp says that there is more.
    if share == 0 or clip is None or lost_before(page, target, Condition.WIDE) or says_more(target, clip):
        return passed()
    text = " ".join(document.visible_text(target).split())[:60]
    return failed(
        f"With wider spacing of lines, words and letters, a part of “{text}” is cut off and cannot be reached.",
        "Give the box min-height instead of height, and let it wrap.",
        condition=Condition.SPACING,
        lost=round(share, 2),
    )
