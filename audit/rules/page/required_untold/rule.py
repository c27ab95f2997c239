"""Some fields of a form must be filled in, and nothing that is seen says which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.contrast import is_inactive

RULE = Rule(
    title="Which fields must be filled in?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.2",)),
    fixer=Fixer.THEME,
    why="People who find typing hard fill in everything, or are refused for what nobody told them.",
    since="0.1.0",
)
_TYPED = frozenset(
    {"text", "tel", "search", "url", "email", "password", "number", "date", "time", "month", "week", "datetime-local"}
)
_TELLS = re.compile(
    r"\*|†|\b(?:required|mandatory|must|needed|optional|obligatoires?|requis(?:es?)?|facultati(?:f|ve)s?|optionnels?)\b",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Forms with fields that must be filled in and others that need not."""
    document = page.document
    for form in document.tags("form"):
        fields = [each for each in document.descendants(form) if _is_field(document, each)]
        if form.rendered and any(_must(each) for each in fields) and not all(_must(each) for each in fields):
            yield form


def _is_field(document: Document, element: Element) -> bool:
    kind = (element.get("type") or "text").lower() if element.tag == "input" else "text"
    return (
        element.tag in {"input", "select", "textarea"}
        and kind in _TYPED
        and element.rendered
        and element.exposed
        and not element.has("readonly")
        and not is_inactive(document, element)
    )


def _must(field: Element) -> bool:
    return field.has("required") or field.get("aria-required") == "true"


def expect(page: Page, target: Element) -> Result:
    document = page.document
    # One sign anywhere in the form is enough to look for a system behind it.
    inside = [target, *document.descendants(target)]
    around = document.parent(target)
    said = document.visible_text(around if around is not None and around.tag != "body" else target)
    made = " ".join(pseudo.text for each in inside for pseudo in each.pseudo)
    names = " ".join(each.get("alt") or "" for each in inside if each.tag == "img" and each.rendered)
    if _TELLS.search(f"{said} {made} {names}"):
        return passed()
    pictured = any(each.tag in {"svg", "img"} and each.rendered for each in inside)
    must = [each.name[:40] for each in inside if _is_field(document, each) and _must(each)]
    if pictured:
        # A small picture beside a label may be the sign.
        return passed(pictured=True)
    return ask(
        f"“{'”, “'.join(must[:3])}” must be filled in, other fields need not be. What says so to people who look at the form?",
        "Write “(required)” into the labels, or “(optional)” into the others.",
        required=len(must),
    )
