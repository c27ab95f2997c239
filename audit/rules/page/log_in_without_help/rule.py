"""A log-in refuses the help of the browser: codes in single boxes, fields that are not to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="Can this be filled in automatically?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.8",)),
    fixer=Fixer.THEME,
    why="People who cannot remember or copy out a password or code rely on the browser to fill it in or on pasting it.",
    since="0.1.0",
)
#: Boxes for one character each that make a code.
LEAST = 4
_CHARACTERS = re.compile(r"\b(?:characters?|letters?|digits?|caractères?|lettres?|chiffres?)\b", re.IGNORECASE)
_PASSWORD = re.compile(
    r"\b(?:pass\s?-?(?:words?|codes?|phrases?)|secret words?|memorable (?:words?|information)|security (?:words?|codes?)|pins?"
    r"|mots? de passe|code secret)\b",
    re.IGNORECASE,
)
_TYPES = frozenset({"", "text", "tel", "number", "password"})


def applies(page: Page) -> Iterable[Element]:
    """Fields for a password, and the first of a row of boxes for one character each."""
    document = page.document
    for field in document.tags("input"):
        if field.rendered and not field.disabled:
            kind = (field.get("type") or "").lower()
            if (kind == "password" and field.get("maxlength") != "1") or _begins_code(document, field):
                yield field


def _begins_code(document: Document, field: Element) -> bool:
    boxes = _boxes(document, field)
    enough = len(boxes) >= LEAST or _asks_for_characters(document, field, boxes)
    return enough and boxes[0].index == field.index


def _asks_for_characters(document: Document, field: Element, boxes: list[Element]) -> bool:
    """Whether the boxes are for some characters of a password, by what is said around them and what they hide."""
    if len(boxes) < 2:
        return False
    around = next(
        (each for each in document.ancestors(field) if all(document.contains(each, other) for other in boxes)), None
    )
    said = document.text(around) if around is not None else ""
    secret = all((each.get("type") or "").lower() == "password" for each in boxes)
    return _CHARACTERS.search(said) is not None and (secret or _PASSWORD.search(said) is not None)


def _boxes(document: Document, field: Element) -> list[Element]:
    """The boxes for one character in the form of the field, or in the whole page without a form."""
    if field.get("maxlength") != "1" or (field.get("type") or "").lower() not in _TYPES:
        return []
    form = document.closest(field, lambda each: each.tag in {"form", "body"})
    around = document.descendants(form) if form is not None else iter(())
    return [
        each
        for each in around
        if each.tag == "input"
        and each.rendered
        and each.get("maxlength") == "1"
        and (each.get("type") or "").lower() in _TYPES
    ]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    boxes = _boxes(document, target)
    if boxes and _asks_for_characters(document, target, boxes):
        return failed(
            f"{len(boxes)} single characters of a password are asked for: nobody can paste them, and no browser can fill them in.",
            "Ask for the whole password in one field, and let the browser fill it in.",
            boxes=len(boxes),
        )
    if boxes:
        if (target.get("autocomplete") or "").lower().strip() == "one-time-code" or any(
            "paste" in each.listeners for each in _around(document, target)
        ):
            return passed(boxes=len(boxes))
        return ask(
            f"A code is asked for in {len(boxes)} boxes of one character. Can it be pasted as a whole, and can the browser fill it in?",
            'Use one field with autocomplete="one-time-code".',
            boxes=len(boxes),
        )
    off = next(
        (
            each
            for each in (target, *document.ancestors(target))
            if each.tag in {"input", "form"} and (each.get("autocomplete") or "").lower().strip() == "off"
        ),
        None,
    )
    if off is None:
        return passed()
    return ask(
        f"“{target.name[:50]}” is not to be filled in by the browser (autocomplete=“off”). Can people log in with their password manager all the same?",
        'Write autocomplete="current-password" (or "new-password").',
    )


def _around(document: Document, field: Element) -> Iterable[Element]:
    return (field, *document.ancestors(field))
