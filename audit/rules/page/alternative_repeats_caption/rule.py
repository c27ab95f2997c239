"""The alternative of a picture says the same as its caption."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="Alternative repeats the caption",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who use a screen reader hear the caption twice, and nothing about what is seen.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed pictures with an alternative in a figure with a caption."""
    for figure in page.document.tags("figure"):
        if _caption(page, figure):
            for element in page.document.descendants(figure):
                if element.tag == "img" and element.exposed and element.name.strip():
                    yield element


def expect(page: Page, target: Element) -> Result:
    figure = next(each for each in page.document.ancestors(target) if each.tag == "figure")
    caption = _caption(page, figure)
    if words(caption) != words(target.name):
        return passed(caption=caption)
    return failed(
        f"Caption and alternative are both “{caption[:80]}”.",
        "Let the alternative say what is seen, and the caption what one should know about it.",
    )


def _caption(page: Page, figure: Element) -> str:
    captions = [each for each in page.document.descendants(figure) if each.tag == "figcaption"]
    return page.document.exposed_text(captions[0]) if captions else ""
