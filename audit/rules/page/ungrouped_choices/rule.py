"""Radio buttons or checkboxes of one question stand in no group."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.tables import explicit_role, grid, is_presentational

RULE = Rule(
    title="Choices without a group",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.THEME,
    why="A screen reader says “Yes, radio button, 1 of 2” and leaves out the question.",
    since="0.1.0",
)
_NO_ROLES = frozenset({"none", "presentation"})
_GROUPS = frozenset({"group", "radiogroup", "listbox", "menu", "table", "grid", "treegrid"})


def applies(page: Page) -> Iterable[Element]:
    """The first of several exposed radio buttons, or checkboxes, that share a name in one form."""
    for together in _questions(page):
        yield together[0]


def expect(page: Page, target: Element) -> Result:
    together = next(each for each in _questions(page) if each[0].index == target.index)
    groups = [{group.index for group in _groups(page, field)} for field in together]
    if set.intersection(*groups):
        return passed(choices=len(together))
    # Where every choice names its question itself, nothing is missing.
    if all(field.has("aria-labelledby") or field.has("aria-label") for field in together):
        return passed(choices=len(together))
    names = ", ".join(f"“{field.name[:30]}”" for field in together[:4])
    kind = "radio buttons" if _kind(target) == "radio" else "checkboxes"
    if not any(field.has("value") or _form(page, field) is not None for field in together):
        # Nothing can be sent: a style sheet may show one part of the page or another by them.
        return ask(
            f"The {len(together)} {kind} {names} are not in a form or a group. "
            "Do they answer a question, or only choose what is shown?",
            'Put answers into a fieldset whose legend is the question; give tabs role="tablist" and role="tab".',
            choices=len(together),
        )
    return failed(
        f'The {len(together)} {kind} {names} belong together (name="{target.get("name")}") but are not in a group.',
        "Put them into a fieldset whose legend is the question.",
        choices=len(together),
    )


def _kind(field: Element) -> str:
    return (field.get("type") or "").strip().lower()


def _form(page: Page, field: Element) -> int | None:
    return next((above.index for above in page.document.ancestors(field) if above.tag == "form"), None)


def _questions(page: Page) -> list[list[Element]]:
    table: dict[tuple[str, str, int | None], list[Element]] = {}
    for field in page.document.tags("input"):
        name = field.get("name") or ""
        if _kind(field) in {"radio", "checkbox"} and name and field.exposed:
            table.setdefault((_kind(field), name, _form(page, field)), []).append(field)
    return [fields for fields in table.values() if len(fields) > 1]


def _groups(page: Page, field: Element) -> Iterable[Element]:
    for above in page.document.ancestors(field):
        role = explicit_role(above)
        # In a table, the headers of row and column name the question.
        headed = above.tag == "table" and not is_presentational(above) and grid(page.document, above).headers
        if (above.tag == "fieldset" and role not in _NO_ROLES) or role in _GROUPS or headed:
            yield above
