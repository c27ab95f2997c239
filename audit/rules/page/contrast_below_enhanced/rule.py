"""Text does not reach the enhanced contrast."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule
from audit.semantics.contrast_verdict import contrast_verdict, readable_texts

RULE = Rule(
    title="Text below the enhanced contrast",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.6",), act=("09o5cg",)),
    fixer=Fixer.THEME,
    why="People with very low vision need a contrast of 7:1 to read without help.",
    since="0.1.0",
    needs=frozenset({Condition.DARK}),
    axe=("color-contrast-enhanced",),
)
CONDITIONS = (Condition.WIDE, Condition.DARK)


def applies(page: Page) -> Iterable[Element]:
    """Elements with text of their own, meant to be seen, of no inactive control."""
    return readable_texts(page)


def expect(page: Page, target: Element) -> Result:
    """The limit depends on the size and weight of the text."""
    return contrast_verdict(page, target, CONDITIONS, enhanced=True)
