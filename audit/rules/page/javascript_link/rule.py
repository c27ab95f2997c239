"""The address of a link is a script."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A link whose address is a script",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="It cannot be opened in a new tab, kept, or followed without script, and people are told “link” where nothing is linked.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Links that people can meet."""
    for link in page.document.tags("a", "area"):
        if link.has("href") and (link.rendered or link.exposed):
            yield link


def expect(page: Page, target: Element) -> Result:
    address = "".join((target.get("href") or "").split()).lower()
    if not address.startswith("javascript:"):
        return passed()
    name = target.name or page.document.text(target)
    return failed(
        f"The address of the link “{name[:60]}” is {(target.get('href') or '').strip()[:60]}.",
        "If it goes somewhere, write that address; if it does something on the page, use a button element.",
        href=(target.get("href") or "")[:200],
    )
