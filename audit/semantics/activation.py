"""What controls did when they were tried, and which controls a person could use for something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.addresses import runs_script
from audit.model.document import Document, Element
from audit.model.observations import Activation, Opened
from audit.model.page import Page
from audit.semantics.words import collapse

_CONTROLS = frozenset({"button", "checkbox", "switch", "radio", "combobox", "listbox", "slider", "spinbutton"})
_TAGS = frozenset({"button", "input", "select", "textarea", "summary"})


#: Share of the window from which on a layer counts by its size, whatever little it says.
LARGE = 0.3


def activated(page: Page) -> Iterator[tuple[Element, Activation]]:
    """The controls that were pressed, with what each did."""
    for told in page.observed.activations:
        element = page.document.by_node.get(told.node)
        if element is not None and element.tag != "body":
            yield element, told


def does_anywhere(page: Page) -> bool | None:
    """Whether a click that falls on no part of the page does something; ``None``: that was not tried."""
    told = next((told for body in page.document.tags("body")[:1] if (told := activation(page, body))), None)
    return None if told is None else bool(told.changed or told.left)


def activation(page: Page, control: Element) -> Activation | None:
    """What a control did; ``None`` when it was not pressed."""
    return next((told for told in page.observed.activations if told.node == control.node), None)


def openers(page: Page) -> Iterator[Element]:
    """Controls that opened something over the page."""
    for element, told in activated(page):
        if overlay(told) is not None:
            yield element


def opened_by(page: Page, control: Element) -> tuple[Activation, Opened]:
    """What one of the ``openers`` did, and what it opened.

    Raises:
        StopIteration: the control opened nothing.
    """
    return next(
        (told, shown)
        for told in page.observed.activations
        if told.node == control.node and (shown := overlay(told)) is not None
    )


def overlay(told: Activation) -> Opened | None:
    """What appeared and lies over the page: a dialog by its role, or by its place."""
    for each in told.appeared:
        if each.role in {"dialog", "alertdialog"}:
            return each
        # A menu or a hint hangs on its control; only what stands free in the window counts as a dialog.
        if (
            each.position == "fixed"
            and each.focusable
            and each.role == ""
            and (len(each.text) > 20 or each.share >= LARGE)
        ):
            return each
    return None


#: What is worked with arrow keys, or not at all.
_OWN_KEYS = frozenset({"menu", "listbox", "tree", "grid", "tooltip", "status", "alert", "log"})


def unfolded_elsewhere(told: Activation) -> Opened | None:
    """What a press made appear over the page, with something to press in it, and Tab does not come to it next."""
    if told.inside or told.tab_inside is not False or told.by != "Enter" or overlay(told) is not None:
        return None
    for each in told.appeared:
        if each.position in {"absolute", "fixed"} and each.focusable and not each.live and each.role not in _OWN_KEYS:
            return each
    return None


def said_in(shown: Opened) -> str:
    """What appeared, for a sentence: its first words, in quotes, or that it has none (a picture alone, a frame)."""
    text = shown.text[:60].strip()
    if text:
        return f"“{text}”"
    return "a dialog without words" if shown.role in {"dialog", "alertdialog"} else "a layer without words"


def moved(page: Page) -> tuple[Element, ...]:
    """What changed when the device was moved; the page as a whole where that cannot be named, nothing where nothing did."""
    told = page.observed.sensors
    if told is None or not told.changed:
        return ()
    found = (page.document.by_node.get(node) for node in told.nodes)
    return tuple(element for element in found if element is not None) or (page.document.root,)


#: From so many kinds of events on, an element listens for all its parts, as the roots of frameworks do.
_ALL_EVENTS = 20


def listens_for_its_parts(element: Element) -> bool:
    """Whether it hears so many kinds of events that none of them tells what can be done with it."""
    return len(set(element.listeners)) >= _ALL_EVENTS


#: The beginning and the end of a path. Where a tap does nothing, something else must happen between the two.
_SWIPES = (
    frozenset({"touchstart", "touchend"}),
    frozenset({"pointerdown", "pointerup"}),
    frozenset({"mousedown", "mouseup"}),
)
#: The beginning of a path, and that it goes on, by pointer, mouse or touch.
DRAWN = (
    frozenset({"pointerdown", "pointermove"}),
    frozenset({"mousedown", "mousemove"}),
    frozenset({"touchstart", "touchmove"}),
)


def heard_by(element: Element) -> frozenset[str]:
    """The events that it listens to, by script or attribute."""
    return frozenset({*element.listeners, *(name[2:] for name in element.attributes if name.startswith("on"))})


def is_swiped(page: Page, element: Element) -> bool:
    """Whether it listens where a pointer comes down and goes up, and a tap was tried and did nothing; what only fingers
    set off needs no trial where no key reaches it.
    """
    heard = heard_by(element)
    if {"click", "touchmove", "pointermove", "mousemove"} & heard or not any(each <= heard for each in _SWIPES):
        return False
    tapped = activation(page, element)
    if tapped is not None:
        return not (tapped.changed or tapped.left or tapped.windows)
    return not element.focusable and not {"pointerdown", "mousedown", "mouseup"} & heard


#: The look of the pointer on what can be taken hold of and moved.
_HOLDING = frozenset({"grab", "-webkit-grab", "move", "all-scroll"})


def is_taken_hold_of(document: Document, element: Element) -> bool:
    """Whether it can be moved: the pointer says so, or it is one of several alike that each listen to a path."""
    if element.style.get("cursor", "auto").split(",")[-1].strip() in _HOLDING:
        return True
    heard = heard_by(element)
    parent = document.parent(element)
    if parent is None or not any(each <= heard for each in DRAWN):
        return False
    return sum(each.tag == element.tag and heard_by(each) == heard for each in document.children(parent)) > 1


#: A press on a thing, and that the page follows the pointer until it is let go.
_FOLLOWED = (
    ("pointerdown", "pointermove", "pointerup"),
    ("mousedown", "mousemove", "mouseup"),
    ("touchstart", "touchmove", "touchend"),
)
_NOT_HELD = frozenset(
    {"html", "body", "canvas", "video", "audio", "a", "button", "input", "select", "textarea", "summary"}
)
_PRESSED_ROLES = frozenset({"button", "link", "slider", "tab", "menuitem", "checkbox", "switch", "radio", "option"})
_DOWN = frozenset({"pointerdown", "mousedown", "touchstart"})


def is_followed_by_the_page(page: Page, element: Element) -> bool:
    """Whether it hears the pointer come down, and the page as a whole where it goes and is let go, as scripts do so that
    a pointer that is faster than the thing does not lose it.

    Controls answer to presses, a canvas is drawn on, and where a tap does something a press is enough.
    """
    drawn = element.tag in _NOT_HELD or element.role in _PRESSED_ROLES or element.focusable
    return not drawn and follows_the_pointer(page, element)


def follows_the_pointer(page: Page, element: Element) -> bool:
    """The same of anything, such as a canvas that is drawn on."""
    heard = heard_by(element)
    if "click" in heard or listens_for_its_parts(element):
        return False
    anywhere = set(page.observed.listeners)
    # A page that also hears where the pointer comes down, anywhere, only watches how people use it.
    if not any(start in heard - anywhere and {move, end} <= anywhere for start, move, end in _FOLLOWED):
        return False
    # The track of a slider: where it is pressed, the slider goes.
    if any(each.role == "slider" for each in page.document.descendants(element)):
        return False
    tapped = activation(page, element)
    above = (each for each in page.document.ancestors(element) if each.tag not in {"html", "body"})
    return (tapped is None or not tapped.changed) and not any({*_DOWN, "click"} & heard_by(each) for each in above)


def controls(document: Document) -> Iterator[Element]:
    """Buttons, boxes and fields that are rendered and can be used with a keyboard."""
    for element in document:
        if not (element.rendered and element.exposed and element.focusable):
            continue
        if element.tag in _TAGS or element.role in _CONTROLS or _acts(element):
            yield element


def _acts(element: Element) -> bool:
    href = (element.get("href") or "").strip()
    return element.tag in {"a", "area"} and (href == "#" or runs_script(href))


def said_of(document: Document, control: Element) -> str:
    """The name of a control, with the value of a button and the title."""
    value = control.get("value") if control.tag == "input" else ""
    return collapse(f"{control.name} {value or ''} {control.get('title') or ''} {document.text(control)}")


def speaks_of(document: Document, control: Element, words: re.Pattern[str]) -> bool:
    """Whether the words are found in what a control is called."""
    return words.search(said_of(document, control)) is not None
