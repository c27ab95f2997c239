"""A form asks for the same thing twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import controls, speaks_of
from audit.semantics.words import collapse

RULE = Rule(
    title="Why is this asked twice?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.7",)),
    fixer=Fixer.THEME,
    why="People with a poor memory, or who type with one finger, have to do the hardest part of a form again.",
    since="0.1.0",
)
_AGAIN = re.compile(
    r"\b(?:confirm|repeat|re-?enter|re-?type|verify|again|confirme[rz]|répéte[rz]|à nouveau|de nouveau)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:e-?mail|address|telephone|phone|name|card number|courriel|adresse|téléphone|nom|numéro)\b", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:same|copy from|use my|identical|mêmes?|identiques?|reprendre|mism[oa]s?|idéntic[oa]s?)\b", re.IGNORECASE
)
#: Words of ``autocomplete`` that say for whom or where, not what.
_SECTIONS = frozenset({"shipping", "billing", "home", "work", "mobile", "fax", "pager"})
_PERSON = frozenset(
    {"name", "given-name", "family-name", "email", "tel", "street-address", "address-line1", "postal-code"}
)


def applies(page: Page) -> Iterable[Element]:
    """Fields that ask again for what a field before them in the same form asked for."""
    document = page.document
    for form in document.tags("form"):
        seen: set[tuple[str, str]] = set()
        for field in document.descendants(form):
            if not _is_field(field):
                continue
            purpose = _purpose(field)
            if (_AGAIN.search(field.name) and _THING.search(field.name)) or (purpose and purpose in seen):
                yield field
            if purpose:
                seen.add(purpose)


def _is_field(element: Element) -> bool:
    kind = (element.get("type") or "text").lower()
    # A password is asked twice because nobody sees it: the criterion excepts security.
    return element.tag == "input" and element.rendered and kind in {"text", "email", "tel", "url"}


def _purpose(field: Element) -> tuple[str, str] | None:
    """What the field asks for, and about whom: two children are two persons."""
    tokens = (field.get("autocomplete") or "").lower().split()
    about = next((each for each in tokens if each.startswith("section-")), "")
    what = [each for each in tokens if each not in _SECTIONS and not each.startswith("section-")]
    return (what[-1], about) if what and what[-1] in _PERSON else None


def expect(page: Page, target: Element) -> Result:
    document: Document = page.document
    form = next(each for each in document.ancestors(target) if each.tag == "form")
    inside = [each for each in controls(document) if document.contains(form, each)]
    if any(speaks_of(document, each, _SAME) for each in inside) or collapse(target.value or ""):
        return passed()
    return ask(
        f"“{target.name[:60]}” asks for what this form asked before. Can it be filled in, or chosen, from there?",
        "Ask once. To avoid mistakes, show what was typed before the form is sent.",
    )
