"""A field is hidden from everybody, and only a click on its label works it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label as called
from audit.semantics.words import indefinite

RULE = Rule(
    title="Only a mouse works this field",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.1.1", "4.1.2")),
    fixer=Fixer.THEME,
    why="People who use a keyboard or a screen reader never come to it: a label takes no focus.",
    since="0.1.0",
)
#: Fields that a click on their label changes or opens.
_WORKED = frozenset({"checkbox", "radio", "file", "color"})
_KEYS = frozenset({"keydown", "keyup", "keypress"})


def applies(page: Page) -> Iterable[Element]:
    """Labels that are seen and belong to a field that a click on them changes."""
    for label in page.document.tags("label"):
        field = _field(page.document, label)
        if label.rendered and label.box is not None and label.box.area and field is not None and not field.disabled:
            yield label


def expect(page: Page, target: Element) -> Result:
    document = page.document
    field = _field(document, target)
    assert field is not None
    # What is only transparent, clipped or moved away takes the focus all the same.
    if field.style.get("display") != "none" and field.style.get("visibility", "visible") == "visible":
        return passed()
    inner = any(each.focusable for each in document.descendants(target))
    if inner or (target.tabbable and _KEYS & {*target.listeners, *(name[2:] for name in target.attributes)}):
        return passed(focus="in the label")
    kind = (field.get("type") or "").lower()
    what = called(target, document.visible_text(target))
    fix = "Hide the field from view only (clip it to a pixel, or make it transparent over its label), so that it keeps the focus."
    other = _does_the_same(document, target)
    if other is not None:
        return ask(
            f"{what} works {indefinite(kind)} field that is hidden from everybody. Does {called(other, document.visible_text(other))} do the same?",
            fix,
        )
    return failed(
        f"{what} works {indefinite(kind)} field that is hidden from everybody, so no key reaches it and no screen reader tells its state.",
        fix,
        kind=kind,
    )


def _field(document: Document, label: Element) -> Element | None:
    if label.has("for"):
        found = document.with_id(label.get("for") or "", label)
    else:
        found = next((each for each in document.descendants(label) if each.tag == "input"), None)
    if found is None or found.tag != "input" or (found.get("type") or "").lower() not in _WORKED:
        return None
    return found


def _does_the_same(document: Document, label: Element) -> Element | None:
    """A button beside the label, which a script may have made for the keyboard."""
    parent = document.parent(label)
    beside = document.descendants(parent) if parent is not None and parent.tag not in {"body", "main", "form"} else ()
    return next(
        (
            each
            for each in beside
            if each.tabbable and each.rendered and each.role in {"button", "checkbox", "switch", "radio"}
        ),
        None,
    )
