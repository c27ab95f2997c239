"""The label of a field does not say what to enter."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.visible_label import visible_label
from audit.semantics.vocabulary import Vocabulary, vocabulary
from audit.semantics.words import has_words, words

RULE = Rule(
    title="Label does not describe the field",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.6",), act=("cc0f0a",)),
    fixer=Fixer.THEME,
    why="People do not know what to enter, and those who listen hear only these words.",
    since="0.1.0",
)
_TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})
_ROLES = _TYPED | frozenset({"checkbox", "radio", "switch", "listbox", "slider"})
#: What a field asks for, by its type or by the last word of ``autocomplete``.
_TYPES = {"email": "email", "tel": "telephone", "date": "date", "password": "password", "bday": "date"}
_GROUPS = frozenset({"group", "radiogroup", "region", "form"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed, rendered fields with a visible label, in a language whose words are known."""
    for element in page.document:
        field = element.role in _ROLES and element.exposed and element.rendered
        if field and vocabulary(element.lang) and has_words(_label(page.document, element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    known = vocabulary(target.lang)
    assert known is not None
    label = _label(page.document, target)
    phrase = " ".join(words(label))
    fix = "Write what is to be entered, as a short noun: “Card number”, “Street and number”."
    if phrase in known.placeholder_labels:
        return failed(f"The label of this field is only “{label}”.", fix)
    if target.role in _TYPED - {"combobox"} and phrase in known.actions:
        return failed(f"This field is labelled “{label}”, which names no content for it.", fix)
    twin = _twin(page.document, target, label)
    if twin is not None:
        return failed(
            f"Two fields of this form are labelled “{label}”, and nothing to be seen tells them apart.",
            "Say in each label which one it is (“Name of the child”), or put each group under a legend that is seen.",
        )
    asked, wanted = _purposes(label, known), _wanted(target)
    if wanted and wanted in _purposes(_around(page.document, target), known):
        # "First" and "last" of a group about passwords are characters, not names.
        return passed(label=label)
    if asked and wanted and wanted not in asked:
        return ask(
            f"The label is “{label}”, but the field is of the kind “{wanted}”. Which of them is right?",
            fix,
            kind=wanted,
        )
    return passed(label=label)


def _around(document: Document, field: Element) -> str:
    """The names of the groups that the field stands in."""
    return " ".join(each.name for each in document.ancestors(field) if each.role in _GROUPS)


def _label(document: Document, field: Element) -> str:
    """The words of its label that are seen: of ``label`` elements and of elements that it is labelled by."""
    if field.has("aria-labelledby"):
        sources = list(document.referred(field, "aria-labelledby"))
    else:
        sources = [
            label
            for label in document.tags("label")
            if (label.get("for") == field.get("id") and field.get("id") and label.frame == field.frame)
            or (not label.has("for") and document.contains(label, field))
        ]
    return " ".join(text for each in sources if each.rendered and (text := visible_label(document, each)))


def _twin(document: Document, field: Element, label: str) -> Element | None:
    """Another field for typing in the same form with the same label, which nothing visible tells apart."""
    if field.role not in _TYPED or document.closest(field, lambda each: each.tag == "table") is not None:
        return None
    form = document.closest(field, lambda each: each.tag == "form")
    for other in document:
        if other.index == field.index or other.role not in _TYPED or not other.exposed or not other.rendered:
            continue
        if document.closest(other, lambda each: each.tag == "form") is not form or other.frame != field.frame:
            continue
        if words(_label(document, other)) == words(label) and not _told_apart(document, field, other):
            return other
    return None


def _told_apart(document: Document, one: Element, two: Element) -> bool:
    """Whether they stand in groups with a visible name of their own, or below different visible headings."""
    names = [_group_names(document, one, two), _group_names(document, two, one)]
    if names[0] != names[1]:
        return True
    descriptions = [each.accessible.description if each.accessible else "" for each in (one, two)]
    return descriptions[0] != descriptions[1] and all(descriptions)


def _group_names(document: Document, field: Element, other: Element) -> tuple[str, ...]:
    """Visible names around a field inside of what holds both: legends, headings and labels of groups."""
    found: list[str] = []
    for above in document.ancestors(field):
        if document.contains(above, other):
            before = [
                each
                for each in document.elements[above.index : field.index]
                if _names_a_group(each) and each.rendered and visible_label(document, each) and _is_seen(each)
            ]
            found.extend(visible_label(document, each) for each in before[-1:])
            break
        found.extend(
            visible_label(document, each)
            for each in document.descendants(above)
            if _names_a_group(each) and each.rendered and _is_seen(each)
        )
        found.extend(visible_label(document, each) for each in document.referred(above, "aria-labelledby"))
    return tuple(text for text in found if text)


def _names_a_group(element: Element) -> bool:
    return element.tag == "legend" or element.role == "heading"


def _is_seen(element: Element) -> bool:
    box = element.box
    return box is not None and box.right > 0 and box.bottom > 0


def _purposes(label: str, known: Vocabulary) -> frozenset[str]:
    there = frozenset(words(label))
    return frozenset(purpose for purpose, marks in known.purposes.items() if there & marks)


def _wanted(field: Element) -> str:
    tokens = (field.get("autocomplete") or "").lower().split()
    return _TYPES.get((field.get("type") or "").lower(), "") or (_TYPES.get(tokens[-1], "") if tokens else "")
