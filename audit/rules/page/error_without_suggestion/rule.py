"""An error message says only that something is wrong, though the field knows what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.error_messages import BOUNDS, SAYS_NOTHING, error_messages, fields, has_format, referring
from audit.semantics.words import words

RULE = Rule(
    title="The error says nothing of the format",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.3",)),
    fixer=Fixer.THEME,
    why="People try again and again because nobody tells them which form the answer must have.",
    since="0.1.0",
)
_HINT = re.compile(
    r"\d|\b(?:format|example|e\.g|digits?|letters?|characters?|exemple|chiffres?|lettres?)\b|@", re.IGNORECASE
)


def applies(page: Page) -> Iterable[Element]:
    """Visible error messages of one field that wants a certain format."""
    document = page.document
    for message in error_messages(document):
        if message.rendered and _field(page, message) is not None:
            yield message


def _field(page: Page, message: Element) -> Element | None:
    tied = referring(page.document, message)
    only = fields(page.document)
    field = tied[0] if len(tied) == 1 else only[0] if len(only) == 1 else None
    return field if field is not None and has_format(field) else None


def expect(page: Page, target: Element) -> Result:
    document = page.document
    field = _field(page, target)
    assert field is not None
    text = document.text(target)
    others = {word for word in words(field.name) if word not in words(text)} | set(words(field.get("name") or ""))
    left = [
        word
        for word in words(text)
        if word not in SAYS_NOTHING and word not in others and word not in _own(page, field, target)
    ]
    described = " ".join(
        (field.accessible.description if field.accessible else "", field.get("placeholder") or "", field.name)
    )
    if left or _HINT.search(described.replace(text, "")) or _HINT.search(text):
        return passed(said=left)
    wanted = next((name for name in BOUNDS if field.has(name)), field.get("type") or "")
    return failed(
        f'“{text[:60]}” says that the value is wrong, but not what is wanted ({wanted}="{field.get(wanted) or ""}" is in the code).',
        "Say the form in words with an example: “Enter the 14 digits on the back of your card”.",
        wanted=wanted,
    )


def _own(page: Page, field: Element, message: Element) -> set[str]:
    """The words of the field's label without those of the message in it."""
    text = page.document.text(message)
    return set(words(field.name.replace(text, "")))
