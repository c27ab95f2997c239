"""A long stretch of text has no heading to find the way by."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import words

RULE = Rule(
    title="Long text without headings",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who skim by headings, with a screen reader or because reading tires them, find no way in.",
    since="0.1.0",
    best_practice=True,
)
#: About two screens of text.
MOST_WORDS = 500
_PARTS = frozenset({"p", "blockquote", "div", "section", "article", "td", "main", "body"})


_BESIDE = frozenset({"nav", "footer", "aside", "li", "dd"})


def applies(page: Page) -> Iterable[Element]:
    """The first paragraph of each stretch of running text between two headings."""
    for stretch in _stretches(page):
        yield stretch[0]


def expect(page: Page, target: Element) -> Result:
    stretch = next(each for each in _stretches(page) if each[0].index == target.index)
    number = sum(len(words(page.document.visible_text(element))) for element in stretch)
    if number <= MOST_WORDS:
        return passed(words=number)
    return failed(
        f"{number} words in {len(stretch)} paragraphs follow without a heading, from “{page.document.visible_text(target)[:50]}…”.",
        "Put a heading (## …) before each change of subject, and make lists of what is a list.",
        words=number,
        limit=MOST_WORDS,
    )


def _stretches(page: Page) -> list[list[Element]]:
    """Paragraphs of the content between headings, lists and tables; contents of one cell or item stay apart."""
    document = page.document
    found: list[list[Element]] = []
    current: list[Element] = []
    blocks = {block.element.index for block in text_blocks(document)}
    for element in document:
        # A heading, a list or a table divides the text as well as a heading of its own would.
        if element.role == "heading" or element.tag in {"ul", "ol", "dl", "table", "figure", "hr", "summary", "form"}:
            if current:
                found.append(current)
            current = []
        elif element.index in blocks and element.tag in _PARTS and element.exposed and not _is_aside(page, element):
            current.append(element)
    return [*found, current] if current else found


def _is_aside(page: Page, element: Element) -> bool:
    # The cells of a table of data are read by row and column; a table that arranges the page has none.
    return (
        page.document.closest(element, lambda each: each.tag in _BESIDE or each.role in {"cell", "gridcell"})
        is not None
    )
