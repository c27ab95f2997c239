"""Nothing on the page leads past the blocks that other pages repeat."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.repeated_blocks import heading_further_down, repetition, way_past
from audit.semantics.words import counted

RULE = Rule(
    title="No way past repeated blocks",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.1",), act=("cf77f2",)),
    fixer=Fixer.THEME,
    why="People with a keyboard or a screen reader go through the same blocks on every page before they reach what they came for.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    axe=("bypass",),
    covers=("main-content-without-landmark",),
)
_FIX = "Put the content of the page into <main>, begin it with a heading, and lead a skip link to it."


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
    first, more = found.before[0].text[:50], len(found.before) - 1
    others = f" and {counted(more, 'more text', 'more texts')}" if more else ""
    comes = "come" if more else "comes"
    later = heading_further_down(page, found)
    if later is not None:
        return ask(
            f"“{first}”{others} of other pages {comes} before “{found.first.text[:50]}”; the first heading of its own is “{page.document.text(later)[:50]}”, further down. Does it lead to the content?",
            _FIX,
            repeated=len(found.before),
            heading=later.selector,
        )
    return failed(
        f"“{first}”{others} of other pages {comes} before “{found.first.text[:50]}”, and there is no landmark, heading, skip link or switch to get past them.",
        _FIX,
        repeated=len(found.before),
        first=found.first.element.selector,
    )
