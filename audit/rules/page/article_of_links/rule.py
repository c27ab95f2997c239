"""An article element holds only links: it is a menu, not an article."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import words

RULE = Rule(
    title="Is this really an article?",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="People who go from article to article with a screen reader land in a menu.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed article elements."""
    for element in page.document.tags("article"):
        if element.exposed:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    inner = list(document.descendants(target))
    links = [element for element in inner if element.tag == "a" and element.has("href")]
    navigation = [element for element in inner if element.tag == "nav" or element.get("role") == "navigation"]
    # What is left besides links and headings: a card of one link and a teaser is an article all the same.
    rest = "".join(
        run.text
        for owner, run in document.runs(target)
        if document.closest(owner, lambda each: each.tag in {"a", "h1", "h2", "h3", "h4", "h5", "h6", "nav"}) is None
    )
    if words(rest) or not links or (len(links) < 2 and not navigation):
        return passed()
    return ask(
        f"This article has {len(links)} links and no text of its own. Would it make sense by itself, for instance in a news reader?",
        "If not, make it a nav, a section or an aside.",
        links=len(links),
    )
