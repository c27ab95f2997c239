"""Running text is justified on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.activation import controls, speaks_of
from audit.semantics.text_blocks import text_blocks

RULE = Rule(
    title="Justified text",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.8",)),
    fixer=Fixer.THEME,
    why="The uneven gaps between words join from line to line, and people with dyslexia lose their way in them.",
    since="0.1.0",
)
#: What a control is called that sets the text ragged (technique G172).
_RAGGED = re.compile(r"\b(?:justif\w*|align\w*|ragged|alignement)\b", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text of at least two lines: a single line is not stretched."""
    for block in text_blocks(page.document):
        if len(block.lines) > 1:
            yield block.element


def expect(page: Page, target: Element) -> Result:
    if target.style.get("text-align") != "justify":
        return passed()
    mechanism = next((each for each in controls(page.document) if speaks_of(page.document, each, _RAGGED)), None)
    if mechanism is not None:
        return passed(control=mechanism.selector)
    text = page.document.visible_text(target)
    return failed(
        f"This text is justified: “{text[:60]}…”.",
        "Set text-align to start; the right edge may be ragged.",
    )
