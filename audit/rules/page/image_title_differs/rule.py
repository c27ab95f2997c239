"""The title of an image says something else than its alternative text."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import has_words, same_words

RULE = Rule(
    title="Image title and alternative text differ",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People with a mouse get one text and people with a screen reader get another, or both, one after the other.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Images with both texts."""
    for image in page.document.tags("img"):
        if (image.get("title") or "").strip() and (image.get("alt") or "").strip():
            yield image


def expect(page: Page, target: Element) -> Result:
    alternative, title = (target.get("alt") or "").strip(), (target.get("title") or "").strip()
    # A title that puts a sign into words (“:rocket:” of 🚀) says the same, as screen readers do.
    if same_words(alternative, title) or not has_words(alternative):
        return passed()
    return failed(
        f"The alternative of this image is “{alternative[:80]}”, its title “{title[:80]}”.",
        "Put into the alternative what the image says, into the text of the page what everybody should read, and take the title away.",
        alt=alternative,
        title_attribute=title,
    )
