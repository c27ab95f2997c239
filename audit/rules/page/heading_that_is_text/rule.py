"""A heading is as long as a paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import sentences, words

RULE = Rule(
    title="Heading as long as a paragraph",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="People who jump from heading to heading have to listen to a whole paragraph before they know what follows.",
    since="0.1.0",
    covers=("long-heading",),
)
#: Titles of books and talks are long; two sentences of this many words are none.
MOST, SENTENCES = 30, 2


def applies(page: Page) -> Iterable[Element]:
    """Rendered headings with words."""
    for element in page.document.roles("heading"):
        if element.rendered and words(page.document.visible_text(element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    text = page.document.visible_text(target)
    count = len(words(text))
    if count <= MOST or len(sentences(text)) < SENTENCES:
        return passed(words=count)
    return ask(
        f"This heading has {count} words in {len(sentences(text))} sentences: “{text[:90]}”. Is it text that only looks like a heading?",
        "Make it a paragraph; set it apart with the style of an introduction if it needs weight.",
        words=count,
    )
