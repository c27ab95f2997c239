"""A field about the visitor does not say what it is for in a way that programs understand."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.purposes import YOURS, purpose_of
from audit.semantics.words import words

RULE = Rule(
    title="Field does not tell its purpose",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.5",)),
    fixer=Fixer.THEME,
    why="People who forget, misspell or type slowly rely on the browser to fill in their own name and address.",
    since="0.1.0",
)
_FAMILIES = {
    "email": ("email",),
    "telephone": ("tel",),
    "name": ("name", "given-", "additional-", "family-", "honorific-", "cc-name", "cc-given-", "cc-family-"),
    "address": ("street-", "address-", "postal-", "country"),
    "birthday": ("bday",),
    "card": ("cc-",),
}
#: Purposes beside which another one of the same family is a mistake: the first name in the field for the last.
_EXACT = frozenset({"given-name", "family-name", "postal-code"})
_TYPES = frozenset({"text", "email", "tel", "date", ""})


def applies(page: Page) -> Iterable[Element]:
    """Text fields whose label is the name of a purpose that WCAG lists."""
    for field in page.document.tags("input", "textarea"):
        if (
            field.rendered
            and field.exposed
            and not field.disabled
            and not field.has("readonly")
            and _purpose(page.document, field)
        ):
            yield field


def _purpose(document: Document, field: Element) -> str:
    if field.tag == "input" and (field.get("type") or "").lower() not in _TYPES:
        return ""
    if document.closest(field, lambda each: each.role == "search" or each.tag == "search") is not None:
        return ""
    return purpose_of(field.name)


def _family(token: str) -> str:
    """What kind of thing a token of ``autocomplete`` stands for; ``""`` where it may stand beside others (a user name)."""
    return next((kind for kind, begins in _FAMILIES.items() if token.startswith(begins)), "")


def expect(page: Page, target: Element) -> Result:
    tokens = (target.get("autocomplete") or "").lower().split()
    if tokens and tokens[-1] not in {"off", "on"}:
        purpose = _purpose(page.document, target)
        asked, told = _family(purpose), _family(tokens[-1])
        other = purpose in _EXACT and tokens[-1].removeprefix("cc-") != purpose
        if asked and told and (asked != told or other):
            return failed(
                f"“{target.name[:50]}” has autocomplete=“{tokens[-1]}”, which means something else.",
                f'Make it autocomplete="{purpose}".',
                purpose=purpose,
            )
        return passed(autocomplete=tokens[-1])
    purpose = _purpose(page.document, target)
    fix = f'Add autocomplete="{purpose}".'
    said = "has autocomplete=“off”" if tokens == ["off"] else "has no autocomplete"
    if YOURS & set(words(target.name)):
        return failed(
            f"“{target.name[:50]}” asks for something of the visitor’s own, and {said}.", fix, purpose=purpose
        )
    return ask(
        f"“{target.name[:50]}” {said}. Does it ask for the visitor’s own (and not, say, a child’s)?",
        fix,
        purpose=purpose,
    )
