"""Running text is set in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import TextBlock, block_of, text_blocks
from audit.semantics.words import words

RULE = Rule(
    title="Text in capitals",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Words in capitals have no shape to recognise them by, and some screen readers spell them out.",
    since="0.1.0",
    best_practice=True,
)
#: So many words in capitals are a sentence, no longer a name, a label or an abbreviation.
MOST_WORDS = 8
_PLAIN = re.compile(r"[\W_]*[^\W\d_]+(?:['’.-][^\W\d_]+)*[^\w]*")


def applies(page: Page) -> Iterable[Element]:
    """Blocks of text with more words than a label has; code keeps its letters."""
    for block in text_blocks(page.document):
        if len(words(block.text)) >= MOST_WORDS and not block.is_code(page.document):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    block = block_of(page.document, target)
    loud = _in_capitals(block)
    if len(words(loud)) < MOST_WORDS:
        return passed()
    by_style = any(owner.style.get("text-transform") == "uppercase" for owner, _ in block.runs)
    return failed(
        f"{len(words(loud))} words are set in capitals: “{loud[:60]}”.",
        "Take text-transform: uppercase away from running text."
        if by_style
        else "Type it in lower case with a capital at the start of the sentence; bold type or a heading gives it weight.",
        words=len(words(loud)),
    )


def _in_capitals(block: TextBlock) -> str:
    """The longest run of words that are seen in capitals, by style or as typed."""
    shown = "".join(
        run.text.upper() if owner.style.get("text-transform") == "uppercase" else run.text for owner, run in block.runs
    )
    best: list[str] = []
    current: list[str] = []
    for word in shown.split():
        # Numbers, signs and single letters ("I", an index from A to Z) neither make nor break the run.
        if sum(letter.isalpha() for letter in word) < 2:
            continue
        # Names in code (MAX_SIZE, <CTRL>) are not words in capitals.
        if word == word.upper() and word != word.lower() and _PLAIN.fullmatch(word):
            current.append(word)
            best = max(best, current, key=len)
        else:
            current = []
    return " ".join(best)
