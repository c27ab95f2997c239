"""The letters of a word are typed with spaces between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import text_blocks

RULE = Rule(
    title="A word with spaces between its letters",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads single letters, and a search does not find the word.",
    since="0.1.0",
)
#: Four or more single letters of one case. Initials, grades and seat rows are shorter or have points and commas.
_SPACED = re.compile(
    r"(?<![\w.,])(?:[A-ZÀ-Ý](?:\s|\u00a0){1,3}){3,}[A-ZÀ-Ý](?![\w.,])|(?<![\w.,])(?:[a-zà-ÿ](?:\s|\u00a0)){4,}[a-zà-ÿ](?![\w.,])"
)
_VOWEL = re.compile(r"[aeiouyàâéèêîôû]", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text with a row of single letters."""
    for block in text_blocks(page.document):
        if not block.is_code(page.document) and any(_SPACED.search(run.text) for _, run in block.runs):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    for owner, run in page.document.runs(target):
        match = _SPACED.search(run.text)
        if match is None or not owner.rendered:
            continue
        letters = "".join(match.group(0).split())
        # The alphabet, or a row without vowels, is a list of letters and meant so.
        if _is_sequence(letters) or not _VOWEL.search(letters) or len(set(letters)) < 3:
            continue
        return failed(
            f"“{match.group(0)[:40]}” is a word with spaces between its letters.",
            f"Type “{letters}”. The theme can space letters with letter-spacing.",
            word=letters,
        )
    return passed()


def _is_sequence(letters: str) -> bool:
    return all(ord(after) >= ord(before) for before, after in pairwise(letters.upper()))
