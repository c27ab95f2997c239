"""A key is taken away from people to operate one element."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A keyboard shortcut set by the page",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="It covers keys of the browser or the screen reader, which then do something else on this page.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that people can operate."""
    for element in page.document:
        if element.focusable or (element.exposed and element.has("accesskey")):
            yield element


def expect(page: Page, target: Element) -> Result:
    key = (target.get("accesskey") or "").strip()
    if not key:
        return passed()
    return failed(
        f"“{(target.name or page.document.text(target))[:50]}” takes the key “{key}” (accesskey).",
        "Take the accesskey attribute away; people reach the element by headings, landmarks and the Tab key.",
        key=key,
    )
