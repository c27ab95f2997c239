"""A page must have a title."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Page without title",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.2",), act=("2779a5",), aoda=("O. Reg. 191/11 s. 14",)),
    fixer=Fixer.THEME,
    why="Someone with many tabs, a history or a screen reader hears only an address and cannot tell the pages apart.",
    since="0.1.0",
    axe=("document-title",),
)


def applies(page: Page) -> Iterable[Element]:
    # A drawing that is opened by itself has its own kind of title.
    return (page.document.root,) if page.document.root.tag == "html" else ()


def expect(page: Page, target: Element) -> Result:
    # The browser's own answer: a title inside a drawing, or a second one, does not count.
    title = page.document.title
    if title.strip():
        return passed(title=title)
    empty = any(element.frame is None and not _in_drawing(page, element) for element in page.document.tags("title"))
    return failed(
        "The title of the page is empty." if empty else "The page has no title.",
        "Write a title that says what the page is about, then the library: `<title>Get a card – Riverside Public Library</title>`.",
    )


def _in_drawing(page: Page, element: Element) -> bool:
    return any(above.tag == "svg" for above in page.document.ancestors(element))
