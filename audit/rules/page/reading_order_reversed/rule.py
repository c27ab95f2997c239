"""Texts that stand side by side are read out in the opposite order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import words

RULE = Rule(
    title="Which of the two orders is meant?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.THEME,
    why="Screen readers read in the order of the code; steps that are seen one, two, three are heard three, two, one.",
    since="0.1.0",
)
#: Two things side by side (a name and a menu) are often swapped without harm; three in a row are an order.
LEAST = 3
#: Words from which on it is a sentence, and follows another.
SENTENCE = 4


def applies(page: Page) -> Iterable[Element]:
    """Parents of at least three texts, or two sentences, that stand in one row."""
    for parent in page.document:
        if not parent.rendered:
            continue
        row = _row(page.document, parent)
        if len(row) >= LEAST or (len(row) > 1 and all(_is_sentence(page.document, each) for each in row)):
            yield parent


def _is_sentence(document: Document, element: Element) -> bool:
    text = document.visible_text(element).strip()
    return text[-1:] in {".", "!", "?"} and len(words(text)) >= SENTENCE


def _row(document: Document, parent: Element) -> list[Element]:
    """The longest run of children with text that stand beside each other, in the order of the code."""
    if len(parent.content) < 2 or parent.tag in {"tr", "svg", "select"}:
        return []
    found = [
        child
        for child in document.children(parent)
        if child.rendered
        and child.exposed
        and child.box is not None
        and child.box.area > 0
        and any(owner.rendered and run.text.strip() for owner, run in document.runs(child))
    ]
    rows: list[list[Element]] = [[]]
    for child in found:
        row = rows[-1]
        if child.style.get("display", "inline") == "inline":
            rows.append([])
        elif row and not all(_beside(each, child) for each in row):
            rows.append([child])
        else:
            row.append(child)
    return max(rows, key=len)


def _beside(first: Element, second: Element) -> bool:
    one, two = first.box, second.box
    return one is not None and two is not None and one.y < two.bottom and two.y < one.bottom


def expect(page: Page, target: Element) -> Result:
    row = _row(page.document, target)
    lefts = [child.box.x for child in row if child.box is not None]
    towards_left = all(after < before for before, after in pairwise(lefts))
    if towards_left == (target.style.get("direction") == "rtl"):
        return passed(texts=len(row))
    texts = [page.document.visible_text(child)[:30] for child in row]
    code, seen = ", ".join(f"“{text}”" for text in texts[:4]), ", ".join(f"“{text}”" for text in texts[::-1][:4])
    return ask(
        f"On the screen people read {seen}; a screen reader says {code}. Which order is meant?",
        "Put the texts into the order in which they make sense, and place them without float: right, row-reverse or order.",
        texts=len(row),
    )
