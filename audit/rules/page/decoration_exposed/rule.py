"""What is marked as decoration is read out all the same."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Decoration that is read out",
    family=Family.PAGE,
    requirements=Requirements(act=("46ca7f",)),
    fixer=Fixer.THEME,
    why="Screen readers meet something that says both “ignore me” and “read me”, and do not agree on which counts.",
    since="0.1.0",
    axe=("presentation-role-conflict",),
    best_practice=True,
)
_NONE = frozenset({"none", "presentation"})
#: WAI-ARIA 1.2, global states and properties that win over ``role="none"``; ``aria-hidden`` hides, too.
_GLOBAL = frozenset(
    {"aria-atomic", "aria-busy", "aria-controls", "aria-current", "aria-describedby", "aria-details", "aria-flowto"}
    | {"aria-keyshortcuts", "aria-label", "aria-labelledby", "aria-live", "aria-owns", "aria-relevant"}
    | {"aria-roledescription"}
)
#: The browser may count what is shown in them as focusable; the mark is about the frame around it.
_FRAMES = frozenset({"iframe", "object", "embed", "audio", "video"})


def applies(page: Page) -> Iterable[Element]:
    """Elements with ``role="none"`` or ``presentation``, and pictures with an empty alternative."""
    for element in page.document:
        if element.rendered and _is_decoration(element):
            yield element


def _is_decoration(element: Element) -> bool:
    given = (element.get("role") or "").lower().split()
    if given:
        return given[0] in _NONE
    return element.tag == "img" and element.get("alt") == ""


def expect(page: Page, target: Element) -> Result:
    told = target.accessible
    if told is None or told.ignored or told.role in _NONE or not target.exposed:
        return passed()
    against = sorted(name for name in _GLOBAL if (target.get(name) or "").strip())
    if target.focusable and (target.has("tabindex") or target.tag not in _FRAMES):
        against.append("focus")
    if not against:
        return passed()
    mark = 'alt=""' if target.get("role") is None else f'role="{target.get("role")}"'
    return failed(
        f"<{target.tag} {mark}> is marked as decoration, and is read out all the same, because it has {' and '.join(against)}.",
        f"Take away {mark}, or what goes against it.",
        because=against,
    )
