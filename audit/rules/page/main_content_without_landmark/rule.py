"""The content of the page begins after repeated blocks, and nothing marks the place."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.repeated_blocks import repetition, way_past
from audit.semantics.words import counted

RULE = Rule(
    title="Nothing marks where the content begins",
    family=Family.PAGE,
    requirements=Requirements(act=("047fe0", "3e12e1", "b40fd1", "ye5d6e")),
    fixer=Fixer.THEME,
    why="People with a keyboard or a screen reader go through the same blocks on every page before they reach what they came for.",
    since="0.1.0",
    aliases=("content-without-a-mark-at-its-start",),
    needs=frozenset({Condition.KEYBOARD}),
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """The page, when text that linked pages repeat stands before its own content."""
    if page.document.root.tag == "html" and repetition(page) is not None:
        yield page.document.root


def expect(page: Page, target: Element) -> Result:
    found = repetition(page)
    assert found is not None
    way = way_past(page, found)
    if way is not None:
        return passed(way=way[0], element=way[1].selector)
    first = f"“{found.before[0].text[:50]}”"
    more = len(found.before) - 1
    others = f"{first} and {counted(more, 'more text', 'more texts')}" if more else first
    return failed(
        f"{others} of other pages {'come' if more else 'comes'} before “{found.first.text[:50]}”, and nothing marks where that begins: no heading, main landmark, skip link or switch that folds the rest away.",
        "Put the content of the page into <main>, begin it with a heading, and lead a skip link to it.",
        repeated=len(found.before),
        first=found.first.element.selector,
    )
