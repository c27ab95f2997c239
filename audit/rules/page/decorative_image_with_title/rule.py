"""An image with an empty alternative has a title."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="An image with title but empty alternative",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="The title says that the image has a meaning; people with a screen reader, a phone or a keyboard never get it.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered images whose alternative is there and empty."""
    for image in page.document.tags("img"):
        if image.rendered and image.has("alt") and not (image.get("alt") or "").strip():
            yield image


def expect(page: Page, target: Element) -> Result:
    title = (target.get("title") or "").strip()
    # A name given otherwise exposes the image after all.
    if not title or target.name.strip():
        return passed()
    return failed(
        f"The alternative of this image is empty, and its title is “{title[:80]}”.",
        "If the image says something, write that as its alternative; if it is decoration, take the title away.",
        title_attribute=title,
    )
