"""A label belongs to no field."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A label that belongs to no field",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="The words are beside a field, but clicking them does nothing and a screen reader does not read them for it.",
    since="0.1.0",
    best_practice=True,
)
_LABELABLE = frozenset({"input", "select", "textarea", "button", "meter", "output", "progress"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered labels with text."""
    for label in page.document.tags("label"):
        if label.rendered and page.document.text(label):
            yield label


def expect(page: Page, target: Element) -> Result:
    document = page.document
    wanted = target.get("for")
    if wanted is not None:
        field = document.with_id(wanted.strip(), target)
        if field is not None and _takes_label(field):
            return passed()
        detail = f'for="{wanted}" names no field of this page'
    elif any(_takes_label(inner) for inner in document.descendants(target)):
        return passed()
    else:
        detail = "it has no for attribute and contains no field"
    # A field may point at the label instead.
    identifier = target.get("id")
    if identifier and any(identifier in (each.get("aria-labelledby") or "").split() for each in document):
        return passed()
    return failed(
        f"The label “{document.text(target)[:60]}” belongs to no field: {detail}.",
        "Give the field an id and name it in the label's for attribute.",
        wanted=wanted or "",
    )


def _takes_label(element: Element) -> bool:
    if element.tag == "input":
        return (element.get("type") or "").strip().lower() != "hidden"
    # Custom elements may take labels as well.
    return element.tag in _LABELABLE or "-" in element.tag
