"""The letters of a word are typed with spaces between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Document, Element
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
#: Lines of one letter from which on they are a word.
STACKED = 4
_VOWEL = re.compile(r"[aeiouyàâéèêîôû]", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text with a row of single letters."""
    for block in text_blocks(page.document):
        if block.is_code(page.document):
            continue
        if any(_SPACED.search(run.text) for _, run in block.runs) or _stacked(page.document, block.element):
            yield block.element


def _stacked(document: Document, element: Element) -> str:
    """A word of which each letter stands in a line of its own; empty without."""
    lines = [""]
    for child in element.content:
        if isinstance(child, int):
            inner = document[child]
            if inner.tag == "br":
                lines.append("")
            elif inner.style.get("display", "inline").startswith("inline"):
                lines[-1] += document.text(inner)
            else:
                lines += [document.text(inner), ""]
        else:
            lines[-1] += child.text
    letters = [line.strip() for line in lines if line.strip()]
    single = [line for line in letters if len(line) == 1 and line.isalpha()]
    return "".join(letters) if len(letters) >= STACKED and len(single) == len(letters) else ""


def expect(page: Page, target: Element) -> Result:
    stacked = _stacked(page.document, target)
    if stacked and _VOWEL.search(stacked) and not _is_sequence(stacked) and len(set(stacked)) > 2:
        return failed(
            f"The letters of “{stacked}” are stacked, each on a line of its own.",
            f"Type “{stacked}”. The theme can turn text with writing-mode.",
            word=stacked,
        )
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
