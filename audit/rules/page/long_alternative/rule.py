"""The alternative of an image is longer than people can listen to in one go."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A very long image alternative",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads it in one breath: no stopping, no going back by sentence, no links.",
    since="0.1.0",
    best_practice=True,
)
#: Characters: three long sentences.
MOST = 250


def applies(page: Page) -> Iterable[Element]:
    """Exposed images with an alternative."""
    for image in page.document.tags("img", "area"):
        if image.exposed and (image.get("alt") or "").strip():
            yield image


def expect(page: Page, target: Element) -> Result:
    alternative = " ".join((target.get("alt") or "").split())
    if len(alternative) <= MOST:
        return passed(characters=len(alternative))
    return failed(
        f"The alternative of this image has {len(alternative)} characters: “{alternative[:60]}…”.",
        "Say in one sentence what the image shows, and put the rest into the text of the page, for everybody.",
        characters=len(alternative),
        limit=MOST,
    )
