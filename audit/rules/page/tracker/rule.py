"""A library does not let other companies follow its readers."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.hosts import loaded_from, loaders, product

RULE = Rule(
    title="Page lets others follow visitors",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.PLATFORM,
    why="What people read and look for is theirs; with trackers, other companies learn it.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Elements that load from another host."""
    return loaders(page)


def expect(page: Page, target: Element) -> Result:
    host = loaded_from(page, target)
    name = product(host, "trackers")
    if name is None:
        return passed(host=host)
    return failed(
        f"The page loads {name} from {host}, which tracks visitors.",
        "Take it out; count visits on your own server, without persons.",
        host=host,
        product=name,
    )
