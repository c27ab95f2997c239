"""Text stands out too little from what is behind it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule
from audit.semantics.contrast_verdict import contrast_verdict, readable_texts

RULE = Rule(
    title="Text contrast is too low",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.3",), act=("afw4f7",)),
    fixer=Fixer.THEME,
    why="People with low vision, and everybody in bright light, cannot read it.",
    since="0.1.0",
    needs=frozenset({Condition.DARK, Condition.HOVER, Condition.FOCUS}),
    axe=("color-contrast",),
    covers=("contrast-below-enhanced",),
)
CONDITIONS = (Condition.WIDE, Condition.DARK, Condition.HOVER, Condition.FOCUS)


def applies(page: Page) -> Iterable[Element]:
    """Elements with text of their own, meant to be seen, of no inactive control."""
    return readable_texts(page)


def expect(page: Page, target: Element) -> Result:
    """The limit depends on the size and weight of the text."""
    return contrast_verdict(page, target, CONDITIONS, enhanced=False)
