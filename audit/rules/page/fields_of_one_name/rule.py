"""Two fields of a form have the same name, and no group tells them apart."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="Two fields with one name",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.6",)),
    fixer=Fixer.THEME,
    why="Who hears or speaks the names of fields cannot tell which of the two is meant.",
    since="0.1.0",
)
_TYPES = frozenset({"", "text", "email", "tel", "url", "number", "date", "time", "password", "search"})
_GROUPS = frozenset({"group", "radiogroup", "region", "row"})


def applies(page: Page) -> Iterable[Element]:
    """Text fields and lists to choose from, with a name that a field before them in the same form has as well."""
    document = page.document
    for form in document.tags("form"):
        seen: set[tuple[str, ...]] = set()
        for field in document.descendants(form):
            if _is_field(field):
                name = words(field.name)
                if name in seen:
                    yield field
                seen.add(name)


def _is_field(field: Element) -> bool:
    if not (field.rendered and field.exposed and words(field.name)):
        return False
    return field.tag in {"select", "textarea"} or (field.tag == "input" and (field.get("type") or "").lower() in _TYPES)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    form = next(each for each in document.ancestors(target) if each.tag == "form")
    name = words(target.name)
    twins = [each for each in document.descendants(form) if _is_field(each) and words(each.name) == name]
    first = next(each for each in reversed(twins) if each.index < target.index)
    if any(_told_apart(document, one, two) for one, two in ((first, target), (target, first))):
        return passed()
    between = [
        each for each in document.elements[first.index + 1 : target.index] if each.rendered and each.role == "heading"
    ]
    if between:
        return ask(
            f"Two fields of this form are called “{target.name[:50]}”; only the heading “{between[-1].name[:40]}” stands between them. "
            "Does anybody who moves from field to field know which is which?",
            "Put each part into a fieldset with a legend, or say it in the label.",
        )
    return failed(
        f"Two fields of this form are called “{target.name[:50]}”, and nothing says which is which.",
        "Say in each label what the field asks for and the other does not.",
    )


def _told_apart(document: Document, one: Element, other: Element) -> bool:
    """Whether one of them has a group, a description or a row that the other has not."""
    described = one.accessible.description if one.accessible else ""
    if described and other.accessible and described != other.accessible.description:
        return True
    around = {each.index for each in document.ancestors(other)}
    for above in document.ancestors(one):
        if above.index in around:
            return False
        if above.tag == "tr" or (above.role in _GROUPS and above.name.strip()):
            return True
    return False
