"""Something reacts to a double click, and no key is seen to do the same."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Double click without a key",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="No key makes a double click; people who use a keyboard, a switch or speech cannot do it.",
    since="0.1.0",
)
_KEYS = frozenset({"keydown", "keyup", "keypress"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered elements that listen to double clicks themselves."""
    for element in page.document:
        if (
            element.rendered
            and element.tag not in {"html", "body"}
            and ("dblclick" in element.listeners or element.has("ondblclick"))
        ):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    around = [target, *(each for each in document.ancestors(target) if each.tag not in {"html", "body"})]
    if any(_KEYS & set(each.listeners) or any(each.has(f"on{key}") for key in _KEYS) for each in around):
        return passed(keys=True)
    if any(_is_control(document, each) for each in document.descendants(target)):
        return passed(control=True)
    return ask(
        f"A double click on {label(target, document.visible_text(target))} does something. Which key or button does the same?",
        "Put a button there that does it, with a name that says what it does.",
    )


def _is_control(document: Document, element: Element) -> bool:
    del document
    return element.rendered and element.focusable and element.tag in {"a", "button", "input", "summary"}
