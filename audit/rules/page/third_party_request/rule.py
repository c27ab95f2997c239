"""A page should load nothing from hosts that its owners have not allowed."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.hosts import asked, of_products

RULE = Rule(
    title="Page loads from another company",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.PLATFORM,
    why="The other company learns who reads what, and the page breaks or slows down when its server does.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[None]:
    """The page, when it asked for anything."""
    if page.requests:
        yield None


def expect(page: Page, target: None) -> Result:
    del target
    # A tracker is told by its own rule, at the element that loads it.
    hosts = sorted(asked(page) - of_products(page))
    if not hosts:
        return passed()
    return failed(
        f"The page loads from {', '.join(hosts)}.",
        "Serve the file from the own site, or name the host as one of `third_parties` in stepfree.toml.",
        hosts=hosts,
    )
