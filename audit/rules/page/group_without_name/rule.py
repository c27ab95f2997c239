"""A group of fields has no name: its legend is missing or empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import explicit_role
from audit.semantics.words import counted

RULE = Rule(
    title="A fieldset without a legend",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="A screen reader announces a group and cannot say of what; the choices in it lose their question.",
    since="0.1.0",
)
_CHOICES = frozenset({"radio", "checkbox"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed fieldsets that are groups to assistive technology."""
    for element in page.document.tags("fieldset"):
        if element.exposed and explicit_role(element) not in {"presentation", "none"}:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    legend = next((child for child in document.children(target) if child.tag == "legend"), None)
    if target.name.strip():
        return passed(name=target.name)
    choices = [
        field
        for field in document.descendants(target)
        if field.tag == "input" and (field.get("type") or "").lower() in _CHOICES
    ]
    state = "an empty legend" if legend is not None else "no legend"
    result = failed(
        f"This fieldset has {state}"
        + (f", and {counted(len(choices), 'choice', 'choices')} in it." if choices else "."),
        "Begin it with a legend that says what its fields have in common, or take the fieldset away.",
        legend="empty" if legend is not None else "missing",
    )
    # Without their question, choices are not understood; other fields are, and no criterion is broken.
    return result if len(choices) >= 2 else replace(result, requirements=Requirements())
