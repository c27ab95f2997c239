"""A list of tabs does not tell which tab is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import explicit_role

RULE = Rule(
    title="No tab says that it is chosen",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.THEME,
    why="Eyes see which tab is open; a screen reader says of each that it is not selected.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[Element]:
    """Rendered lists of at least two tabs."""
    for element in page.document:
        if (
            element.rendered
            and element.exposed
            and explicit_role(element) == "tablist"
            and len(_tabs(page.document, element)) > 1
        ):
            yield element


def expect(page: Page, target: Element) -> Result:
    tabs = _tabs(page.document, target)
    if any(tab.has("aria-selected") or tab.has("aria-current") or tab.has("aria-expanded") for tab in tabs):
        return passed(tabs=len(tabs))
    names = ", ".join(f"“{tab.name.strip()[:30]}”" for tab in tabs[:3])
    return failed(
        f"None of the {len(tabs)} tabs {names} tells whether it is chosen.",
        'Give the chosen tab aria-selected="true" and the others aria-selected="false", and change it with the choice.',
        tabs=len(tabs),
    )


def _tabs(document: Document, tablist: Element) -> list[Element]:
    return [each for each in document.descendants(tablist) if explicit_role(each) == "tab" and each.rendered]
