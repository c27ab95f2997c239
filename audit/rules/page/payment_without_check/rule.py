"""A form takes money, and nothing shows that people can check what they send."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.activation import controls, speaks_of

RULE = Rule(
    title="Can a payment be checked or undone?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.4",)),
    fixer=Fixer.PLATFORM,
    why="People who read or type with difficulty make more slips, and here a slip costs money.",
    since="0.1.0",
)
_MONEY = frozenset({"cc-number", "cc-csc", "cc-exp", "cc-name", "cc-exp-month", "cc-exp-year"})
_CARD = re.compile(
    r"\b(?:credit|debit) card number|\bcard (?:security|verification) code|\bIBAN\b|\bnuméro de (?:la )?carte de (?:crédit|débit)",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:review|check|confirm|preview|next step|continue to|summary|vérifier|réviser|confirme[rz]|étape suivante)\b",
    re.IGNORECASE,
)
_UNDO = re.compile(
    r"\b(?:can be (?:cancelled|undone|refunded|reversed)|cancel within|refund within|can cancel|you will (?:see|review|confirm)"
    r"|before (?:you pay|anything is charged)|peut être annulé|remboursé)",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Forms with a field for the number of a card or account."""
    document = page.document
    for form in document.tags("form"):
        if form.rendered and any(_is_money(each) for each in document.descendants(form)):
            yield form


def _is_money(field: Element) -> bool:
    if field.tag != "input" or not field.rendered:
        return False
    tokens = (field.get("autocomplete") or "").lower().split()
    return bool(_MONEY & set(tokens)) or _CARD.search(field.name) is not None


def expect(page: Page, target: Element) -> Result:
    document: Document = page.document
    inside = [each for each in controls(document) if document.contains(target, each)]
    if any(speaks_of(document, each, _CHECK) for each in inside) or _UNDO.search(document.visible_text(document.root)):
        return passed()
    return ask(
        "This form takes a payment. Can people check and correct what they typed before it counts, or undo it afterwards?",
        "Show everything once more with a button to go back, or let people cancel, and say so beside the button.",
    )
