"""Tab stops on something that does nothing."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Tab stops where nothing can be done",
    family=Family.INTERACTION,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="Each needless stop costs people with a switch or a mouth stick another press, and screen readers announce nothing to do there.",
    since="0.1.0",
    best_practice=True,
)
_PLAIN = frozenset(
    {"generic", "none", "paragraph", "heading", "list", "listitem", "strong", "emphasis", "article", "section", ""}
)
_TAGS = frozenset(
    {
        "div",
        "span",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "b",
        "i",
        "article",
        "section",
    }
)
_ACTS = frozenset(
    {
        "click",
        "keydown",
        "keyup",
        "keypress",
        "mousedown",
        "pointerdown",
        "focus",
        "focusin",
        "blur",
        "touchstart",
        "mouseover",
        "mouseenter",
    }
)
_SCROLLS = frozenset({"auto", "scroll"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements that tabindex puts into the tab order."""
    for element in page.document:
        if element.has("tabindex") and element.tabbable and element.rendered:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    if target.tag not in _TAGS or target.role not in _PLAIN or target.has("role"):
        return passed()
    # Text that scrolls must be reached to be scrolled; a described or labelled part may explain something on focus.
    scrolls = _SCROLLS & {target.style.get("overflow-x", ""), target.style.get("overflow-y", "")}
    explains = any(
        name.startswith("aria-") or name in {"title", "contenteditable", "autofocus", "popover"}
        for name in target.attributes
    )
    if scrolls or explains or _ACTS & set(target.listeners) or any(name.startswith("on") for name in target.attributes):
        return passed()
    heard = set(page.observed.listeners)
    above = {each for ancestor in document.ancestors(target) for each in ancestor.listeners}
    what = label(target, document.visible_text(target))
    fix = 'Take tabindex away; if a script moves focus there, write tabindex="-1".'
    if _ACTS & (heard | above) or page.observed.focus_rules:
        return ask(f"Tab stops on {what}, which has no role and no action of its own. What can be done there?", fix)
    return failed(f"Tab stops on {what}, where nothing can be done.", fix)
