"""A long passage is set in italics."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import block_of, text_blocks
from audit.semantics.words import words

RULE = Rule(
    title="Long text in italics",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Slanted letters run into each other for people with dyslexia or low vision.",
    since="0.1.0",
    best_practice=True,
)
#: Longer than a title or an emphasised phrase.
MOST_WORDS = 25


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text that are longer than what is usually set in italics."""
    for block in text_blocks(page.document):
        if len(words(block.text)) > MOST_WORDS:
            yield block.element


def expect(page: Page, target: Element) -> Result:
    block = block_of(page.document, target)
    slanted = "".join(run.text for owner, run in block.runs if _is_slanted(owner))
    number = len(words(slanted))
    if number <= MOST_WORDS:
        return passed(words=number)
    return failed(
        f"{number} words are set in italics: “{' '.join(slanted.split())[:60]}…”.",
        "Keep italics for a title or a few words. A quotation goes into a block quote (a line that begins with >).",
        words=number,
    )


def _is_slanted(element: Element) -> bool:
    return element.style.get("font-style", "normal").startswith(("italic", "oblique"))
