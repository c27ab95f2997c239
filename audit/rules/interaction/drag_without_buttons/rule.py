"""Things can be dragged, and no control is seen that moves them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import (
    DRAWN,
    controls,
    heard_by,
    is_followed_by_the_page,
    is_taken_hold_of,
    speaks_of,
)
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Can this be moved without dragging?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.5.7",)),
    fixer=Fixer.THEME,
    why="People whose hands shake, who use a head pointer, or who press one thing at a time cannot drag.",
    since="0.1.0",
)
_DRAG = frozenset({"dragstart", "dragend", "drag", "dragover", "drop"})
_PRESSED = frozenset({"pointerdown", "mousedown", "touchstart"})
_MOVES = re.compile(
    r"\b(?:move|up|down|left|right|first|last|earlier|later|next|previous|order|position|suivante?|précédente?|monter|descendre|déplacer|ordre)\b",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """The first of the rendered things in each parent that can be dragged: marked as such where the page listens to
    drops, or taken hold of by the pointer where it listens to one that moves.
    """
    heard = set(page.observed.listeners)
    heard |= {each for element in page.document for each in element.listeners}
    heard |= {name[2:] for element in page.document for name in element.attributes if name.startswith("on")}
    dropped, moved = bool(_DRAG & heard), any(ways <= heard for ways in DRAWN)
    if not (dropped or moved):
        return
    parents = set()
    for element in page.document:
        if not element.rendered or element.parent in parents:
            continue
        held = (
            _is_held(page.document, element)
            or _is_slid(page.document, element)
            or is_followed_by_the_page(page, element)
        )
        if (dropped and element.get("draggable") == "true") or (moved and held):
            parents.add(element.parent)
            yield element


def _is_held(document: Document, element: Element) -> bool:
    # The pointer's look is inherited: the outermost element that has it is meant.
    above = document.parent(element)
    return is_taken_hold_of(document, element) and not (above is not None and is_taken_hold_of(document, above))


def _is_slid(document: Document, element: Element) -> bool:
    """Whether it is a slider made by hand that takes hold of the pointer, and a press on its track is not heard."""
    if element.role != "slider" or element.tag == "input" or not _PRESSED & heard_by(element):
        return False
    around = (each for each in document.ancestors(element) if each.tag not in {"html", "body"})
    return not any((_PRESSED | {"click"}) & heard_by(each) for each in around)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    moving = next((each for each in controls(document) if speaks_of(document, each, _MOVES)), None)
    if moving is not None:
        return passed(control=moving.selector)
    return ask(
        f"{label(target, document.visible_text(target))} can be dragged. What can people press instead to move it?",
        "Add buttons that move it (“Move up”, “Move down”), or a list of places to choose from.",
    )
