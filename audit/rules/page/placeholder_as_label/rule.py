"""The only label of a field is its placeholder, which goes away."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A placeholder instead of a label",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.3.2",)),
    fixer=Fixer.THEME,
    why="The words vanish with the first letter typed; people who are interrupted or forget no longer know what was asked.",
    since="0.1.0",
)
_TYPED = frozenset({"", "text", "search", "email", "url", "tel", "password", "number", "date"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered text fields with a placeholder."""
    for field in page.document.tags("input", "textarea"):
        typed = field.tag == "textarea" or (field.get("type") or "").strip().lower() in _TYPED
        if typed and field.rendered and field.exposed and (field.get("placeholder") or "").strip():
            yield field


def expect(page: Page, target: Element) -> Result:
    document = page.document
    placeholder = (target.get("placeholder") or "").strip()
    if target.accessible is not None and target.accessible.name_from not in {"placeholder", ""}:
        return passed(name=target.name)
    # A search field beside its button is understood from the button.
    if _is_search(page, target):
        return passed(search=True)
    wrapper = document.closest(target, lambda each: each.tag == "label")
    if wrapper is not None and document.visible_text(wrapper):
        return passed()
    return failed(
        f"The only label of this field is its placeholder “{placeholder[:60]}”.",
        "Add a label element that stays visible; keep the placeholder for an example, or leave it out.",
        placeholder=placeholder,
    )


def _is_search(page: Page, field: Element) -> bool:
    return (field.get("type") or "").lower() == "search" or page.document.closest(
        field, lambda each: each.tag == "search" or each.get("role") == "search"
    ) is not None
