"""A layer lies over the page as it opens, and hides what is behind it from the audit too."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Box, Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.colour import parse
from audit.semantics.words import words

RULE = Rule(
    title="What is behind this layer?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.3", "2.1.1", "2.4.7")),
    fixer=Fixer.PLATFORM,
    why="Everybody meets this first; and what is wrong behind it is met by those who get past it, but not by a check that does not.",
    since="0.1.0",
)
#: Share of the window from which on the page behind cannot be used or seen as usual.
COVERS = 0.6
#: What takes no share of the text of a page is no part of the page itself.
PART = 0.5
_PLACED = frozenset({"fixed", "absolute"})
_CONTROLS = frozenset({"a", "button", "input"})


def applies(page: Page) -> Iterable[Element]:
    """The outermost things with a control that are placed over the window or are modal, and are no part of the page's own text."""
    document = page.document
    if page.observed.walked:
        # Who walks has seen what is behind it, and has asked for it.
        return
    found: list[Element] = []
    for element in document:
        if _lies_over(document, element) and not any(document.contains(each, element) for each in found):
            found.append(element)
    yield from found


def _lies_over(document: Document, element: Element) -> bool:
    if element.box is None or not element.rendered or element.frame is not None:
        return False
    modal = element.get("aria-modal") == "true" or (
        element.tag == "dialog" and element.has("open") and _placed(element)
    )
    if not modal and not (_placed(element) and _share(document, element.box) >= COVERS and _is_seen(element)):
        return False
    if element.style.get("pointer-events") == "none":
        return False
    inside = list(document.descendants(element))
    if not any(each.tag in _CONTROLS and each.rendered for each in inside):
        return False
    if any(each.tag in {"main", "h1"} and each.rendered for each in inside):
        return False
    whole = len(words(document.visible_text(document.root)))
    return len(words(document.visible_text(element))) <= PART * whole


def _placed(element: Element) -> bool:
    return element.style.get("position") in _PLACED


def _is_seen(element: Element) -> bool:
    colour = parse(element.style.get("background-color", ""))
    return (colour is not None and colour.alpha >= 0.2) or element.style.get("background-image", "none") != "none"


def _share(document: Document, box: Box) -> float:
    wide = max(0.0, min(box.right, document.width) - max(box.x, 0))
    high = max(0.0, min(box.bottom, document.height) - max(box.y, 0))
    return wide * high / (document.width * document.height)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    behind = [
        each
        for each in document
        if each.rendered
        and each.tag in {"main", "h1", "p"}
        and not document.contains(target, each)
        and each.box is not None
    ]
    if not behind:
        return passed(behind=0)
    text = document.visible_text(target)[:70]
    closers = [
        each.name[:30] for each in document.descendants(target) if each.tag in _CONTROLS and each.rendered and each.name
    ]
    way = f" (“{'”, “'.join(closers[:3])}”)" if closers else ""
    return ask(
        f"“{text}” covers the page as it opens. What is behind it was read in the code, but neither seen in the picture nor used "
        f"with keys. Was the page looked at with the layer closed{way}?",
        "Open the page, close the layer, and go through the page once with Tab. Better: show a notice that covers nothing.",
        controls=closers[:5],
    )
