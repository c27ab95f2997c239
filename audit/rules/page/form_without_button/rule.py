"""A form has no button to send it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="How is this form sent?",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="A form without a button is sent by a change or by the Enter key, which surprises some and is unknown to others.",
    since="0.1.0",
    best_practice=True,
)
_SENDING = frozenset({"submit", "image"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered forms that go somewhere and hold fields to fill in."""
    for form in page.document.tags("form"):
        if form.exposed and form.has("action") and _fields(page, form):
            yield form


def expect(page: Page, target: Element) -> Result:
    identifier = target.get("id")
    for element in page.document:
        inside = page.document.contains(target, element)
        if not inside and not (identifier and element.get("form") == identifier):
            continue
        kind = (element.get("type") or "").strip().lower()
        if (element.tag == "button" and kind != "reset") or (element.tag == "input" and kind in {*_SENDING, "button"}):
            return passed()
        if element.role == "button":
            return passed()
    first = _fields(page, target)[0]
    return ask(
        f"This form (its first field: “{first.name[:40]}”) has no button. How do people send it, and when?",
        "Add a button that says what it does.",
        fields=len(_fields(page, target)),
    )


def _fields(page: Page, form: Element) -> list[Element]:
    return [
        element
        for element in page.document.descendants(form)
        if element.tag in {"input", "select", "textarea"}
        and element.rendered
        and (element.get("type") or "").lower() not in {"hidden", "submit", "button", "reset", "image"}
    ]
