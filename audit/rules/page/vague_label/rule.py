"""The label of a field does not say what to enter."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.purposes import purpose_of
from audit.semantics.visible_label import label_text
from audit.semantics.vocabulary import Vocabulary, vocabulary
from audit.semantics.words import has_words, unnumbered, words

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
        if field and vocabulary(element.lang) and has_words(label_text(page.document, element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    known = vocabulary(target.lang)
    assert known is not None
    label = label_text(page.document, target)
    phrase = " ".join(words(label))
    fix = "Write what is to be entered, as a short noun: “Card number”, “Street and number”."
    if " ".join(unnumbered(label)) in known.placeholder_labels:
        return failed(f"The label of this field is only “{label}”.", fix)
    if target.role in _TYPED - {"combobox"} and phrase in known.actions:
        return failed(f"This field is labelled “{label}”, which names no content for it.", fix)
    inside = (target.get("placeholder") or "").strip()
    if _contradict(purpose_of(label), purpose_of(inside)):
        return failed(
            f"The label is “{label}”, and the words in the field are “{inside[:60]}”: one of them is wrong.", fix
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


def _contradict(label: str, inside: str) -> bool:
    """Whether two purposes are named, and neither is a part of the other."""
    names = {"name", "given-name", "family-name"}
    if label in names and inside in names and "name" in {label, inside}:
        return False
    return bool(label and inside) and label != inside


def _around(document: Document, field: Element) -> str:
    """The names of the groups that the field stands in."""
    return " ".join(each.name for each in document.ancestors(field) if each.role in _GROUPS)


def _purposes(label: str, known: Vocabulary) -> frozenset[str]:
    there = frozenset(words(label))
    return frozenset(purpose for purpose, marks in known.purposes.items() if there & marks)


def _wanted(field: Element) -> str:
    tokens = (field.get("autocomplete") or "").lower().split()
    return _TYPES.get((field.get("type") or "").lower(), "") or (_TYPES.get(tokens[-1], "") if tokens else "")
