"""Something answers to swipes or pinches, and no control is seen that does the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import (
    DRAWN,
    controls,
    heard_by,
    is_swiped,
    is_taken_hold_of,
    listens_for_its_parts,
    speaks_of,
)
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Does this work without a swipe?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.5.1",)),
    fixer=Fixer.THEME,
    why="People who use one finger, a head pointer or a stick cannot swipe along a path or spread two fingers.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_PATH = frozenset({"touchmove", "swipe", "swipeleft", "swiperight", "panmove", "pan", "panleft", "panright"})
_MANY = frozenset({"gesturestart", "gesturechange", "gestureend", "pinch", "pinchstart", "pinchmove"})
_DOES = re.compile(
    r"\b(?:next|previous|back|forward|zoom|in|out|larger|smaller|left|right|up|down|slide|show|close|open|page \d+"
    r"|suivant|précédent|agrandir|réduire|gauche|droite|fermer|ouvrir)\b|[+−‹›←→<>]|^-$|^\d+$",
    re.IGNORECASE,
)
_BY_NATURE = frozenset({"html", "body", "input", "video", "audio", "select", "textarea"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered things that listen to fingers that move, the outermost ones."""
    document = page.document
    for element in document:
        if (
            not element.rendered
            or element.tag in _BY_NATURE
            or not (_follows(document, element) or is_swiped(page, element))
        ):
            continue
        if listens_for_its_parts(element):
            continue
        # What listens without a touch that begins only keeps the page from scrolling, unless it took that from the browser.
        begins = {"touchstart", "pointerdown"} & set(element.listeners)
        taken = element.style.get("touch-action", "auto") == "none"
        if ("touchmove" in element.listeners and not begins and not taken) or element.role == "slider":
            continue
        yield element


def _follows(document: Document, element: Element) -> bool:
    """Whether it listens to a path, by events of touch or, where the browser leaves touch to it, of any pointer."""
    heard = heard_by(element)
    if (_PATH | _MANY) & heard:
        return True
    ways = DRAWN[:2]
    if not any(way <= heard for way in ways):
        return False
    if any({*way, end} <= heard for way, end in zip(ways, ("pointerup", "mouseup"), strict=True)):
        # From the first press to the letting go: a path, wherever the pointer does not say that something is moved.
        cursor = element.style.get("cursor", "auto")
        return not is_taken_hold_of(document, element) and not cursor.endswith("resize")
    if "pointerdown" not in heard:
        return False
    # What is taken hold of is dragged, and told as that (drag-without-buttons).
    return element.style.get("touch-action", "auto") not in {"auto", "manipulation"} and not is_taken_hold_of(
        document, element
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    name = label(target, document.visible_text(target)[:60])
    around = document.parent(target) or target
    for control in controls(document):
        if (document.contains(around, control) or control.index == around.index) and speaks_of(
            document, control, _DOES
        ):
            return passed(control=control.selector)
    pinched = bool(_MANY & set(target.listeners))
    return ask(
        f"{name} answers to {'two fingers' if pinched else 'a finger that moves'}. What can people tap in its place?",
        "Add buttons that do the same (“Next”, “Previous”, “Larger”, “Smaller”).",
        listens=sorted((_PATH | _MANY | {"pointermove"}) & set(target.listeners)),
    )
