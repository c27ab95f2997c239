"""The page begins with focus somewhere in the middle."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.keyboard_walk import label
from audit.semantics.words import words

RULE = Rule(
    title="Who reads what comes before?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.4.3",)),
    fixer=Fixer.THEME,
    why="Screen readers begin to read where the focus is; whatever comes before it is never heard.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: Words of the main part that may stand before the focus: a heading and a line.
FEW = 25
_APART = frozenset({"navigation", "banner", "contentinfo", "search"})
_SILENT = frozenset({"title", "script", "style", "noscript"})


def applies(page: Page) -> Iterable[Element]:
    """The element that has focus before any key is pressed."""
    node = page.observed.initial_focus
    element = page.document.by_node.get(node) if node is not None else None
    if element is not None and element.tag not in {"html", "body"} and element.frame is None:
        yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    # A dialog that is open, and the heading or main part that a script gives focus to, begin a reading.
    if document.closest(target, lambda each: each.role in {"dialog", "alertdialog"}) is not None:
        return passed()
    before = _before(document, target)
    if len(before) <= FEW or target.role in {"heading", "main"}:
        return passed(words=len(before))
    return ask(
        f"The page begins with focus on {label(target, document.visible_text(target))}, after {len(before)} words "
        f"(“{' '.join(before[:8])}…”). Do people need those words first?",
        "Take autofocus away, or move the explanation after the field or into its description.",
        words=len(before),
    )


def _before(document: Document, target: Element) -> list[str]:
    found: list[str] = []
    for owner, run in document.runs(document.root):
        if owner.index >= target.index:
            break
        read = owner.rendered and owner.exposed and owner.tag not in _SILENT and not document.contains(target, owner)
        if read and document.closest(owner, lambda each: each.role in _APART) is None:
            found.extend(words(run.text))
    return found
