"""Text is cut off in a window of 320 px."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.clipping import clip_of, clipped, lost, lost_before, says_more

RULE = Rule(
    title="Text is cut off when narrow",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.10",)),
    fixer=Fixer.THEME,
    why="People who zoom to 400 %, and people with small phones, lose the words that are cut off.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION, Condition.NARROW, Condition.ZOOMED}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements with text inside something that clips."""
    yield from clipped(page, Condition.NARROW)


def expect(page: Page, target: Element) -> Result:
    document = page.under(Condition.NARROW)
    assert document is not None
    clip = clip_of(document, target)
    share = lost(target, clip) if clip is not None else 0.0
    # What is cut off under the milder condition too is told there; an ellipsis or a clamp says that there is more.
    if share == 0 or clip is None or lost_before(page, target, Condition.ZOOMED) or says_more(target, clip):
        return passed()
    text = " ".join(document.visible_text(target).split())[:60]
    return failed(
        f"At 320 px a part of “{text}” is cut off and cannot be reached.",
        "Give the box min-height instead of a height or max-height, or let it scroll.",
        condition=Condition.NARROW,
        lost=round(share, 2),
    )
