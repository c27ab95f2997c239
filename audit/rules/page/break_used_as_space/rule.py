"""Line breaks in a row make the gap between paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element, TextRun
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Line breaks instead of paragraphs",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="To a screen reader it is all one paragraph, and people cannot go from one to the next.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """The first of each row of line breaks."""
    for element in page.document.tags("br"):
        if _follows(page, element) and not _precedes(page, element):
            yield element


def expect(page: Page, target: Element) -> Result:
    parent = page.document.parent(target)
    assert parent is not None
    # Verses and addresses break lines; a gap between two of them is a gap between stanzas.
    if page.document.closest(target, lambda each: each.tag in {"pre", "address", "td", "th"}) is not None:
        return passed()
    before, after = _around(page, target)
    if not before or not after:
        return passed()
    return failed(
        f"There are several line breaks in a row between “…{before[-30:]}” and “{after[:30]}…”.",
        "Write two paragraphs: an empty line between them in Markdown.",
    )


def _follows(page: Page, element: Element) -> bool:
    return _beside(page, element, 1) == "br"


def _precedes(page: Page, element: Element) -> bool:
    return _beside(page, element, -1) == "br"


def _siblings(page: Page, element: Element) -> tuple[list[int | TextRun], int]:
    parent = page.document.parent(element)
    content = (
        [child for child in parent.content if not (isinstance(child, TextRun) and not child.text.strip())]
        if parent
        else []
    )
    return content, content.index(element.index) if element.index in content else -1


def _beside(page: Page, element: Element, step: int) -> str:
    content, at = _siblings(page, element)
    if at < 0 or not 0 <= at + step < len(content):
        return ""
    child = content[at + step]
    return "" if isinstance(child, TextRun) else page.document[child].tag


def _around(page: Page, element: Element) -> tuple[str, str]:
    content, at = _siblings(page, element)
    texts = [
        child.text.strip() if isinstance(child, TextRun) else page.document.visible_text(page.document[child])
        for child in content
    ]
    return " ".join(texts[:at]).strip(), " ".join(texts[at + 1 :]).strip()
