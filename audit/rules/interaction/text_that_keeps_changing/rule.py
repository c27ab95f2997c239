"""Text or a picture changes by itself again and again, and nothing pauses it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, speaks_of

RULE = Rule(
    title="Text keeps changing by itself",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.2.2",), act=("efbfc7",)),
    fixer=Fixer.THEME,
    why="People who read slowly or are drawn away by movement cannot read what changes, nor what is beside it.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION}),
)
_PAUSE = re.compile(
    r"\b(?:paus\w*|stop\w*|hide|halt|freez\w*|play|resume|frequency|interval|speed|updat\w*|refresh\w*|chang\w*|animation\w*|"
    r"motion|auto\w*|arrêt\w*|masquer|figer|fréquence|actualis\w*|mise à jour)\b",
    re.IGNORECASE,
)


#: A changing picture smaller than this, in square CSS px, is a mark that something goes on.
LEAST_AREA = 24.0 * 24.0


def applies(page: Page) -> Iterable[Element]:
    """Elements whose text or picture changed more than once, and not all at one time, while nobody did anything."""
    seen = set()
    for change in page.changes or ():
        if (
            not change.duration
            or change.kind not in {"text", "picture"}
            or change.detail != "more than once"
            or change.node in seen
        ):
            continue
        seen.add(change.node)
        element = page.document.by_node.get(change.node) if change.node is not None else None
        if element is not None and not _decorates(page, element):
            yield element


def _decorates(page: Page, element: Element) -> bool:
    """Whether it shows nothing that could be read: a picture that stands for nothing, a field's own value."""
    if element.tag in {"html", "head", "title", "textarea", "script", "style"}:
        return True
    return element.tag in {"img", "image"} and element.box is not None and element.box.area < LEAST_AREA


def expect(page: Page, target: Element) -> Result:
    document = page.document
    able = [each for each in controls(document) if not each.disabled]
    pausing = next((each for each in able if speaks_of(document, each, _PAUSE)), None)
    if pausing is not None:
        return passed(control=pausing.selector)
    text = document.visible_text(target)
    pictured = f"The picture “{target.name[:50]}”" if target.name else "A picture"
    what = pictured if target.tag in {"img", "image", "picture"} else f"“{text[:50]}”" if text else f"<{target.tag}>"
    fix = "Add a button that pauses, stops or hides it; or change it only when the reader asks."
    # A clock or a count-down that people wait for may be essential; any control may be the one that stops it.
    if able or target.tag in {"time", "progress", "meter"} or target.role in {"timer", "progressbar", "status", "log"}:
        return ask(
            f"{what} changes by itself. Which control pauses, stops or hides it?", fix, condition=Condition.MOTION
        )
    return failed(
        f"{what} changes by itself again and again, and the page has no control that could pause it.",
        fix,
        condition=Condition.MOTION,
    )
