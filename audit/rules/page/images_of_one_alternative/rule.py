"""Different pictures of a page have the same alternative."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urldefrag

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.words import words

RULE = Rule(
    title="Do these pictures show the same?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.AUTHOR,
    why="Who listens hears the same words for different pictures, and does not learn what tells them apart.",
    since="0.1.0",
    aliases=(
        "pictures-of-one-alternative",
        "same-alternative-again",
    ),
    covers=("image-name-says-nothing",),
)
#: Smaller pictures are signs; the same sign is drawn in several ways.
LEAST = 64


def applies(page: Page) -> Iterable[Element]:
    """Larger exposed pictures with an alternative, when a picture before them has the same one."""
    seen: set[tuple[str, ...]] = set()
    for element in _pictures(page.document):
        name = words(element.name)
        if name in seen:
            yield element
        seen.add(name)


def _pictures(document: Document) -> list[Element]:
    return [
        element
        for element in document.tags("img")
        if element.exposed
        and element.rendered
        and words(element.name)
        and element.box is not None
        and min(element.box.width, element.box.height) >= LEAST
    ]


def expect(page: Page, target: Element) -> Result:
    name = words(target.name)
    mine = urldefrag(target.current_source).url
    before = [each for each in _pictures(page.document) if words(each.name) == name and each.index < target.index]
    other = next((each for each in before if urldefrag(each.current_source).url != mine), None)
    if other is None or any(urldefrag(each.current_source).url == mine for each in before):
        return passed()
    files = " and ".join(urldefrag(each.current_source).url.rpartition("/")[2][:40] for each in (other, target))
    return ask(
        f"Two pictures ({files}) have the same alternative, “{target.name[:60]}”. Do they show the same?",
        "Say of each what it shows and the other does not; or leave one alternative empty when it only decorates.",
    )
