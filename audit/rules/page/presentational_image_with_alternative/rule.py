"""An image is marked as presentational and has an alternative text as well."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.tables import explicit_role

RULE = Rule(
    title="A decorative image with alternative text",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="One part of the code says that the image means nothing, the other says what it means; what people hear is chance.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element]:
    """Images whose role says that they are decoration."""
    for image in page.document.tags("img"):
        if explicit_role(image) in {"presentation", "none"}:
            yield image


def expect(page: Page, target: Element) -> Result:
    alternative = (target.get("alt") or "").strip()
    if not alternative:
        return passed()
    return failed(
        f'This image has role="{target.get("role")}" and the alternative “{alternative[:80]}”.',
        'Decide: if the image is decoration, write alt=""; if it says something, take the role away.',
        alt=alternative,
    )
