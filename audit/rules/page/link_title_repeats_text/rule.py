"""The title attribute of a link says the same as its text."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="Link title repeats the text",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Some screen readers say the same words twice, and a box with them covers what is beside the link.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed links with text and a title."""
    for element in page.document:
        titled = element.exposed and element.role == "link" and words(element.get("title") or "")
        if titled and words(page.document.exposed_text(element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    title, text = target.get("title") or "", page.document.exposed_text(target)
    if words(title) != words(text):
        return passed(title=title)
    return failed(
        f'The link “{text}” has title="{title}": the same words again.',
        "Take the title away: in Markdown write [text](address) without words in quotation marks.",
        title=title,
    )
