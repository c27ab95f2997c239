"""Some fields of a form must be filled in, and nothing that is seen says which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.contrast import is_inactive
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import has_words

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
    """Forms with fields that must be filled in and others that need not; forms with a sign behind some labels."""
    document = page.document
    for form in document.tags("form"):
        if form.rendered and _sign(document, form):
            yield form
            continue
        fields = [each for each in document.descendants(form) if _is_field(document, each)]
        if form.rendered and any(_must(each) for each in fields) and not all(_must(each) for each in fields):
            yield form


def _sign(document: Document, form: Element) -> str:
    """The sign that begins or ends some labels of a form, where no field is said in another way to be required."""
    fields = [each for each in document.descendants(form) if _is_field(document, each)]
    labels = [each for each in document.descendants(form) if each.tag in {"label", "legend"} and each.rendered]
    lines = [_line(document, each, labels) for each in labels]
    texts = [document.visible_text(each).strip().rstrip(":").strip() for each in lines]
    for sign in "*†●■◆✱✲✳✽":
        signed = [text for text in texts if len(text) > 1 and sign in (text[0], text[-1])]
        if signed and len(signed) < len(texts) and not any(_must(each) for each in fields):
            return sign
    return ""


def _line(document: Document, label: Element, labels: Sequence[Element]) -> Element:
    """What stands in one line with a label, where that holds no other one: the sign may follow the field."""
    around = document.parent(label)
    if around is None or around.tag == "form":
        return label
    alone = not any(document.contains(around, each) for each in labels if each is not label)
    return around if alone else label


def _is_told(document: Document, sign: str) -> bool:
    """Whether a text other than a label speaks of the sign, or a title says what it means."""
    if any(each.has("title") and document.visible_text(each).strip() == sign for each in document):
        return True
    return any(
        sign in run.text
        and has_words(run.text)
        and document.closest(owner, lambda each: each.tag in {"label", "legend"}) is None
        for block in text_blocks(document)
        for owner, run in block.runs
    )


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
    sign = _sign(document, target)
    if sign:
        if _is_told(document, sign):
            return passed(sign=sign)
        return ask(
            f"“{sign}” follows some labels of this form, and nothing says what it means. Does everybody know?",
            f"Say it before the first field: “Fields with {sign} must be filled in”; or write “(required)” into the labels.",
            sign=sign,
        )
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
