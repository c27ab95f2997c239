"""Two fields of a form have the same name, and nothing tells them apart, or nothing that is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Outcome, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.visible_label import label_text, visible_label
from audit.semantics.words import words

RULE = Rule(
    title="Two fields with one name",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.6",), act=("cc0f0a",)),
    fixer=Fixer.THEME,
    why="Nobody can tell which of the two is meant: neither who reads the names, nor who hears or speaks them.",
    since="0.1.0",
)
_TYPES = frozenset({"", "text", "email", "tel", "url", "number", "date", "time", "password", "search"})
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})
_GROUPS = frozenset({"group", "radiogroup", "region", "row"})


def applies(page: Page) -> Iterable[Element]:
    """Fields with a name, or a label that is seen, that a field before them in the same form has as well."""
    document = page.document
    for field in document:
        if _of_one_name(document, field) is not None or _of_one_label(document, field) is not None:
            yield field


def expect(page: Page, target: Element) -> Result:
    document = page.document
    named, labelled = _of_one_name(document, target), _of_one_label(document, target)
    heard = passed() if named is None else _heard(document, named, target)
    if heard.outcome is not Outcome.FAILED and labelled is not None and not _seen_apart(document, labelled, target):
        return failed(
            f"Two fields of this form are labelled “{label_text(document, target)[:50]}”, and nothing visible tells them apart.",
            "Say in each label which one it is (“Name of the child”), or put each group under a legend that is seen.",
        )
    return heard


def _heard(document: Document, first: Element, target: Element) -> Result:
    """Whether somebody who moves from field to field by name knows which is which."""
    if any(_told_apart(document, one, two) for one, two in ((first, target), (target, first))):
        return passed()
    between = [
        each for each in document.elements[first.index + 1 : target.index] if each.rendered and each.role == "heading"
    ]
    if between:
        return ask(
            f"Two fields of this form are called “{target.name[:50]}”; only the heading “{between[-1].name[:40]}” is between them. "
            "Does anybody who moves from field to field know which is which?",
            "Put each part into a fieldset with a legend, or say it in the label.",
        )
    return failed(
        f"Two fields of this form are called “{target.name[:50]}”, and nothing says which is which.",
        "Say in each label what the field asks for and the other does not.",
    )


def _form(document: Document, field: Element) -> Element | None:
    return document.closest(field, lambda each: each.tag == "form")


def _before(document: Document, field: Element, fits: Callable[[Element], bool]) -> Element | None:
    """The nearest thing before a field that fits, in the same form or outside every form, as the field is."""
    form = _form(document, field)
    for other in reversed(document.elements[: field.index]):
        # What costs least is asked first: a page may have hundreds of fields.
        if other.frame == field.frame and fits(other) and _form(document, other) is form:
            return other
    return None


def _of_one_name(document: Document, field: Element) -> Element | None:
    """The nearest field before it in its form with the same computed name."""
    if not _is_field(field) or _form(document, field) is None:
        return None
    name = words(field.name)
    return _before(document, field, lambda other: _is_field(other) and words(other.name) == name)


def _is_field(field: Element) -> bool:
    if not (field.rendered and field.exposed and words(field.name)):
        return False
    return field.tag in {"select", "textarea"} or (field.tag == "input" and (field.get("type") or "").lower() in _TYPES)


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


def _of_one_label(document: Document, field: Element) -> Element | None:
    """The nearest field for typing before it, in the same form or in none, whose label shows the same words."""
    if not _is_typed(field) or document.closest(field, lambda each: each.tag == "table") is not None:
        return None
    label = words(label_text(document, field))
    if not label:
        return None
    return _before(document, field, lambda other: _is_typed(other) and words(label_text(document, other)) == label)


def _is_typed(field: Element) -> bool:
    return field.role in _TYPED and field.exposed and field.rendered


def _seen_apart(document: Document, one: Element, two: Element) -> bool:
    """Whether they stand in groups with a visible name of their own, below different visible headings, or by another description."""
    if _group_names(document, one, two) != _group_names(document, two, one):
        return True
    return _description_seen(document, one) != _description_seen(document, two)


def _description_seen(document: Document, field: Element) -> str:
    """The words of its description, as far as they are seen."""
    sources = document.referred(field, "aria-describedby")
    return " ".join(visible_label(document, each) for each in sources if each.rendered and _is_seen(each))


def _group_names(document: Document, field: Element, other: Element) -> tuple[str, ...]:
    """Visible names around a field inside of what holds both: legends, headings and labels of groups."""
    found: list[str] = []
    for above in document.ancestors(field):
        if document.contains(above, other):
            before = [each for each in document.elements[above.index : field.index] if _names_a_group(document, each)]
            found.extend(visible_label(document, each) for each in before[-1:])
            break
        found.extend(
            visible_label(document, each) for each in document.descendants(above) if _names_a_group(document, each)
        )
        found.extend(visible_label(document, each) for each in document.referred(above, "aria-labelledby"))
    return tuple(text for text in found if text)


def _names_a_group(document: Document, element: Element) -> bool:
    names = (element.tag == "legend" or element.role == "heading") and element.rendered
    return names and _is_seen(element) and bool(visible_label(document, element))


def _is_seen(element: Element) -> bool:
    return element.box is not None and element.box.right > 0 and element.box.bottom > 0
