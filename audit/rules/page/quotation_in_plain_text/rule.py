"""A text in quotation marks is set in from the text around it and is no block quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.text_blocks import TextBlock, text_blocks
from audit.semantics.words import words

RULE = Rule(
    title="A quotation that is only indented?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="The eye sees where somebody else's words begin and end; a screen reader runs on.",
    since="0.1.0",
)
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]*[”“»\"]")
#: So many words, set in by so many CSS px, are a passage of their own.
WORDS, INSET = 8, 24.0
_OTHER = frozenset({"li", "td", "th", "dt", "dd", "figcaption", "caption", "button", "summary", "label"})


def applies(page: Page) -> Iterable[Element]:
    """The first passage that is whole in quotation marks and set in from the one before it in the same part; without
    one, the first in quotation marks.
    """
    found = [after.element for _, after in _quoted(page.document)]
    set_in = [each for each in found if _is_set_in(page.document, each)]
    yield from (set_in or found)[:1]


def _quoted(document: Document) -> Iterable[tuple[TextBlock, TextBlock]]:
    for before, block in pairwise(text_blocks(document)):
        if _QUOTED.fullmatch(block.text) and len(words(block.text)) >= WORDS:
            yield before, block


def _is_set_in(document: Document, passage: Element) -> bool:
    before, block = next(each for each in _quoted(document) if each[1].element.index == passage.index)
    quoted = document.closest(
        block.element, lambda each: each.tag in {"blockquote", "q", "figure", "aside"} or each.role == "blockquote"
    )
    if quoted is not None or block.element.tag in _OTHER or block.element.role in {"heading", "listitem", "blockquote"}:
        return False
    parent = document.parent(before.element)
    if parent is None or not document.contains(parent, block.element) or not (before.lines and block.lines):
        return False
    if block.element.style.get("text-align") in {"center", "right", "end"}:
        return False
    return min(line.x for line in block.lines) - min(line.x for line in before.lines) >= INSET


def expect(page: Page, target: Element) -> Result:
    if not _is_set_in(page.document, target):
        return passed()
    return ask(
        f"{page.document.visible_text(target)[:80].strip()} … is indented like a quotation. Is it one?",
        "Mark it up as a block quotation: in Markdown, begin its lines with “> ”.",
    )
