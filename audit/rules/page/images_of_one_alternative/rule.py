"""Different pictures of a page have the same alternative."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urldefrag

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.derived_facts import remembered
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
#: From so many on, small pictures of one alternative in a row make up one picture, such as a number of stars.
ROW = 3


def applies(page: Page) -> Iterable[Element]:
    """Larger exposed pictures with an alternative, when a picture before them has the same one; the first of several
    small ones in a row that have one alternative.
    """
    yield from (row[0] for row in _rows(page.document))
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


@remembered
def _rows(document: Document) -> list[list[Element]]:
    """Small exposed pictures that follow each other, with nothing between, and have one alternative."""
    found: list[list[Element]] = []
    for parent in document:
        row: list[Element] = []
        for part in [each for each in parent.content if isinstance(each, int) or each.text.strip()]:
            image = document[part] if isinstance(part, int) else None
            sign = image is not None and image.tag == "img" and image.exposed and image.rendered and _is_small(image)
            if image is None or not sign or not words(image.name):
                row = []
            elif row and words(row[0].name) == words(image.name):
                row.append(image)
                if len(row) == ROW:
                    found.append(row)
            else:
                row = [image]
    return found


def _is_small(image: Element) -> bool:
    return image.box is not None and min(image.box.width, image.box.height) < LEAST


def expect(page: Page, target: Element) -> Result:
    row = next((row for row in _rows(page.document) if row[0] is target), None)
    if row is not None:
        return ask(
            f"{len(row)} small pictures in a row are each called “{target.name.strip()[:60]}”. Do people learn what they say together?",
            "Say it in the alternative of the first (“3 of 5 stars”), and leave those of the others empty.",
        )
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
