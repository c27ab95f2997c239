"""An id that something refers to stands on several elements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.derived_facts import remembered

RULE = Rule(
    title="An id that is used twice",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.AUTHOR,
    why="A label, a description or a link meant for the second element goes to the first.",
    since="0.1.0",
    axe=("duplicate-id-aria", "duplicate-id-active", "duplicate-id"),
    covers=("control-without-name", "fields-of-one-name"),
)
_REFERRING = (
    "for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns",
    "aria-details", "aria-errormessage", "aria-activedescendant", "aria-flowto", "popovertarget", "commandfor",
)  # fmt: skip
_NAMING = frozenset({"for", "aria-labelledby"})


def applies(page: Page) -> Iterable[Element]:
    """The second element of each id that something on the page refers to, and every single one that is referred to."""
    seen: dict[tuple[int | None, str], int] = {}
    for element in page.document:
        identifier = element.get("id")
        # Shadow trees have ids of their own.
        if not identifier or element.shadow or (element.frame, identifier) not in _referred(page.document):
            continue
        seen[element.frame, identifier] = seen.get((element.frame, identifier), 0) + 1
        if seen[element.frame, identifier] <= 2:
            yield element


def expect(page: Page, target: Element) -> Result:
    identifier = target.get("id") or ""
    first = page.document.with_id(identifier, target)
    if first is None or first.index == target.index:
        return passed()
    by = _referred(page.document)[target.frame, identifier]
    result = failed(
        f'id="{identifier}" is on <{first.tag}> and again on <{target.tag}>, and {", ".join(sorted(by))} refers to it.',
        "Give each element its own id, and correct what refers to them.",
        id=identifier,
        referred_by=tuple(sorted(by)),
    )
    # A field whose label goes elsewhere has no name of its own; what else refers breaks no criterion.
    return result if by & _NAMING else replace(result, requirements=Requirements())


@remembered
def _referred(document: Document) -> dict[tuple[int | None, str], set[str]]:
    table: dict[tuple[int | None, str], set[str]] = {}
    for element in document:
        for name in _REFERRING:
            for identifier in (element.get(name) or "").split():
                table.setdefault((element.frame, identifier), set()).add(name)
        href = element.get("href") or ""
        if element.tag in {"a", "area"} and len(href) > 1 and href.startswith("#"):
            table.setdefault((element.frame, href[1:]), set()).add("a link")
    return table
