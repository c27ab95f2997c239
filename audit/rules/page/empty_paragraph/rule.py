"""A paragraph has no content."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="An empty paragraph",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Some screen readers stop at it and say “blank”; it is mostly there to make a gap, which style should make.",
    since="0.1.0",
    best_practice=True,
)
_TEXTLESS = frozenset({"br", "wbr", "span", "b", "i", "em", "strong", "font", "a", "script", "style", "template"})


def applies(page: Page) -> Iterable[Element]:
    """Paragraphs that are there for assistive technology or for the eye."""
    for paragraph in page.document.tags("p"):
        if paragraph.style.get("display") != "none" and (paragraph.rendered or paragraph.exposed):
            yield paragraph


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = document.text(target).replace("\u00a0", "").strip()
    # An icon that style draws, or a link with a name of its own, fills it as words do.
    filled = any(
        element.tag not in _TEXTLESS or element.focusable or element.name.strip() or element.pseudo
        for element in document.descendants(target)
    )
    # A place that a script or a style fills is not empty for long.
    waits = any(target.has(attribute) for attribute in ("aria-live", "role", "id")) or bool(target.pseudo)
    if text or filled or waits:
        return passed()
    return failed(
        "This paragraph is empty.",
        "Take it away. For a gap, set the margin of what stands before or after it.",
    )
