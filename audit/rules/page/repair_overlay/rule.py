"""A script that claims to repair accessibility is no repair."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.hosts import loaded_from, loaders, product

RULE = Rule(
    title="Script claims to repair accessibility",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.PLATFORM,
    why="Such panels hinder screen readers and keyboards, and send what visitors need to another company.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that load from another host."""
    return loaders(page)


def expect(page: Page, target: Element) -> Result:
    host = loaded_from(page, target)
    name = product(host, "overlays")
    if name is None:
        return passed(host=host)
    return failed(
        f"The page loads {name} from {host}, which claims to repair accessibility for visitors.",
        "Take the script out, and repair the page itself.",
        host=host,
        product=name,
    )
