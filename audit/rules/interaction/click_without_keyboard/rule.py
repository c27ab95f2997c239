"""Something reacts to the mouse that no key reaches."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import CLICKS, OWN_WAYS, Activation
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated, does_anywhere, follows_the_pointer, heard_by, is_swiped
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="No key reaches what can be clicked",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard, a switch or a screen reader cannot set it off.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: A double click counts as well: the trial does not make one, but somebody with a mouse does.
_CLICKS = CLICKS | {"dblclick"}
_WORKED = ("aria-controls", "aria-owns")
_MOVES = frozenset({"pointermove", "mousemove", "touchmove"})
_CONTROLS = frozenset({"button", "link", "checkbox", "switch", "tab", "menuitem", "radio", "option"})


def _tried(page: Page) -> dict[int, Activation]:
    return {element.node: told for element, told in activated(page) if told.by == "click"}


def applies(page: Page) -> Iterable[Element]:
    """What was clicked in the trial because no key reaches it, and every control that a key does reach."""
    tried = _tried(page)
    for element in page.document:
        if (
            element.node in tried
            or (element.rendered and element.tabbable and element.role in _CONTROLS)
            or _is_untried(element)
        ):
            yield element


def _is_untried(element: Element) -> bool:
    """Whether it looks and listens as if it could be clicked where nothing is tried: in a shadow tree or a frame."""
    return (
        (element.shadow or element.frame is not None)
        and element.rendered
        and element.exposed
        and element.tag not in OWN_WAYS
        and element.style.get("cursor") == "pointer"
        and ("click" in element.listeners or element.has("onclick"))
    )


def expect(page: Page, target: Element) -> Result:
    told = _tried(page).get(target.node)
    document = page.document
    if told is not None and target.focusable and target.tabbable and told.changed:
        return failed(
            f"A mouse or a finger sets off something on {label(target, document.visible_text(target))}; Enter does not.",
            "Listen to click in the place of mouse, pointer and touch events; keys set it off as well.",
            condition=Condition.KEYBOARD,
            role=target.role,
        )
    untried = told is None and _is_untried(target)
    if (
        (told is None and not untried)
        or target.focusable
        or any(each.focusable or each.disabled for each in document.descendants(target))
    ):
        return passed()
    # A click beside a dialog closes it, a click on a label sets its box: other ways exist for both.
    if target.exposed is False or document.closest(target, lambda each: each.focusable or each.tag == "label"):
        return passed()
    what = label(target, document.visible_text(target))
    fix = 'Make it a real <button type="button">; it takes focus and answers Enter and the space bar by itself.'
    listens = bool(_CLICKS & heard_by(target))
    # A script that follows only the fragment of an address leads to a place, as a link does.
    does = told is not None and bool(told.changed or told.left or (told.follows and told.by == "click"))
    # A click that only the page as a whole hears may close what was open, wherever it falls.
    own = listens or target.role in _CONTROLS or _heard_above(document, target)
    if not own:
        anywhere = does_anywhere(page)
        own = _looks_pressable(target) if anywhere is None else not anywhere
    if told is not None and not target.tabbable and _is_worked_from_elsewhere(document, target):
        return passed(worked=True)
    if (does and own) or (listens and target.role in _CONTROLS):
        return failed(
            f"A click on {what} does something, but Tab does not reach it.",
            fix,
            condition=Condition.KEYBOARD,
            role=target.role,
        )
    if not does and (_MOVES & set(target.listeners) or is_swiped(page, target) or follows_the_pointer(page, target)):
        # What follows a pointer is dragged or swiped, and told as that (drag-without-buttons, gesture-without-tap).
        return passed()
    if not does and any(
        _tried(page)[each.node].changed for each in document.descendants(target) if each.node in _tried(page)
    ):
        # It hears for its parts, of which each is told by itself.
        return passed()
    # Where a click was heard and changed nothing, only a look that promises something is a reason to ask.
    unanswered = told is not None and "click" in heard_by(target) and not does
    if does or (listens and not unanswered) or _looks_pressable(target):
        return ask(
            f"{what} looks or listens as if it could be clicked, and Tab does not reach it. Does a click do anything?",
            fix,
            condition=Condition.KEYBOARD,
            role=target.role,
        )
    return passed()


def _is_worked_from_elsewhere(document: Document, element: Element) -> bool:
    """Whether it is, or stands in, what a field works with its arrow keys: the choices of a combobox."""
    around = {element.index, *(each.index for each in document.ancestors(element))}
    return any(
        field.focusable
        and (field.role in {"combobox", "textbox", "searchbox"} or field.has("aria-activedescendant"))
        and any(each.index in around for name in _WORKED for each in document.referred(field, name))
        for field in document
        if any(field.has(name) for name in _WORKED)
    )


def _looks_pressable(element: Element) -> bool:
    # A pointing hand is shown for what can be pressed; a text to read has another cursor.
    called = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.style.get("cursor") == "pointer" or "button" in called or "btn" in called


def _heard_above(document: Document, element: Element) -> bool:
    """Whether a part of the page around it listens to clicks, other than the page as a whole."""
    return any(
        _CLICKS & set(above.listeners) or above.has("onclick")
        for above in document.ancestors(element)
        if above.tag not in {"html", "body"}
    )
