"""A frame holds things to operate and is taken out of the order of the Tab key."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import pixels
from audit.semantics.words import counted

RULE = Rule(
    title="A frame the Tab key skips",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.1.1",), act=("akn7bn",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard cannot reach the links and fields in the frame.",
    since="0.1.0",
    axe=("frame-focusable-content",),
)
#: CSS px; below this no control in a frame can be seen.
LEAST = 3
_INERT = frozenset({"inertElement", "inertSubtree", "activeModalDialog"})


def applies(page: Page) -> Iterable[Element]:
    """The document inside each rendered frame that could be read and holds things the Tab key would reach."""
    for frame in page.document.tags("iframe"):
        # Nothing in a frame of a pixel can be seen or used: it measures something, or waits.
        if not frame.rendered or _least_side(frame) < LEAST:
            continue
        for inner in page.document.children(frame):
            if inner.frame == frame.node and _reachable(page, inner):
                yield inner


def _least_side(frame: Element) -> float:
    """The shorter side of what is to be seen of the frame, without its border, in CSS px."""
    if frame.box is None:
        return 0.0
    edges = {
        side: pixels(frame.style.get(f"border-{side}-width")) or 0.0 for side in ("left", "right", "top", "bottom")
    }
    return min(
        frame.box.width - edges["left"] - edges["right"],
        frame.box.height - edges["top"] - edges["bottom"],
    )


def expect(page: Page, target: Element) -> Result:
    frame = page.document.parent(target)
    assert frame is not None
    number = (frame.get("tabindex") or "").strip()
    # Behind an open modal dialog nothing may be reached; afterwards the script gives the frame back.
    if _is_inert(target):
        return passed(inert=True)
    if not number.startswith("-") or not number[1:].isdecimal() or int(number) == 0:
        return passed()
    inside = _reachable(page, target)
    return failed(
        f'The frame “{frame.get("title") or frame.get("src") or ""}” has tabindex="{number}" and contains {counted(len(inside), "thing", "things")} to '
        f"operate, the first “{inside[0].name[:40]}”.",
        "Take the tabindex away.",
        inside=len(inside),
    )


def _is_inert(inner: Element) -> bool:
    return bool(inner.accessible and _INERT & inner.accessible.states.keys())


def _reachable(page: Page, inner: Element) -> list[Element]:
    return [element for element in page.document.descendants(inner) if element.tabbable and element.rendered]
