"""Text is cut off when the page is zoomed to 200 %."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.clipping import clip_of, clipped, lost

RULE = Rule(
    title="Text is cut off when zoomed",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.4",), act=("59br37",)),
    fixer=Fixer.THEME,
    why="People with low vision who zoom to 200 % lose the words that are cut off.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION, Condition.ZOOMED}),
)


def applies(page: Page) -> Iterable[Element]:
    """Elements with text, seen at 200 %, inside something that clips."""
    yield from clipped(page, Condition.ZOOMED)


def expect(page: Page, target: Element) -> Result:
    document = page.under(Condition.ZOOMED)
    assert document is not None
    clip = clip_of(document, target)
    share = lost(target, clip) if clip is not None else 0.0
    if share == 0:
        return passed()
    text = " ".join(document.visible_text(target).split())[:60]
    fix = "Give the box min-height instead of height, let it wrap, or let it scroll."
    twin = page.document.by_node.get(target.node)
    before = clip_of(page.document, twin) if twin is not None else None
    always = twin is not None and before is not None and lost(twin, before) > 0
    # What fits at 100 % and is shortened at 200 % is lost by zooming; what is always shortened may be a teaser.
    if always and (_told_by_dots(target, clip) or _is_teaser(clip)):
        return ask(
            f"At 200 % “{text}” is cut short. Can all of it be read somewhere: on the page that it leads to, or on request?",
            fix,
            condition=Condition.ZOOMED,
            lost=round(share, 2),
        )
    return failed(
        f"At 200 % a part of “{text}” is cut off and cannot be reached.",
        fix,
        condition=Condition.ZOOMED,
        lost=round(share, 2),
    )


def _told_by_dots(target: Element, clip: Element | None) -> bool:
    # An ellipsis on one line says that there is more; a box that is lower than a line says nothing.
    if clip is None or clip.box is None or target.box is None:
        return False
    size = float((target.style.get("font-size") or "16px").removesuffix("px"))
    dotted = target.style.get("text-overflow") == "ellipsis" or clip.style.get("text-overflow") == "ellipsis"
    return dotted and clip.box.height >= size


def _is_teaser(clip: Element | None) -> bool:
    clamp = clip.style.get("-webkit-line-clamp", "none") if clip is not None else "none"
    return clamp not in {"", "none"}
