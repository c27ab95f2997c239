"""Tags that are not closed, closed in the wrong order, or lack a quotation mark."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.rules.page.broken_markup.tags import Slip, slips
from audit.semantics.words import counted

RULE = Rule(
    title="Tags that do not fit together",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Browsers and screen readers guess what was meant, each in its own way, and words or whole parts may be lost.",
    since="0.1.0",
    best_practice=True,
)


def applies(page: Page) -> Iterable[Element | None]:
    """The page, when it was served as HTML and not as XML."""
    if page.html.strip() and not page.html.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        yield None


def expect(page: Page, target: Element | None) -> Result:
    del target
    found = slips(page.html)
    if not found:
        return passed()
    first = found[0]
    more = f" {counted(len(found) - 1, 'more such slip follows', 'more such slips follow')}." if len(found) > 1 else ""
    return failed(
        f"{_told(first)}{more}",
        "Close each tag that was opened, the last one first, and give each attribute both of its quotation marks.",
        line=first.line,
        slips=len(found),
    )


def _told(slip: Slip) -> str:
    where = f"In line {slip.line} of the page"
    if slip.kind == "quote":
        return f"{where}, <{slip.tag}> has a quotation mark or a bracket within the name of an attribute, “{slip.detail}”: one is missing before it."
    if slip.kind == "twice":
        return f"{where}, <{slip.tag}> has the attribute “{slip.detail}” twice; only the first one counts."
    if slip.kind == "crossed":
        return f"{where}, </{slip.detail}> closes what was opened before <{slip.tag}>, which is still open."
    if slip.kind == "never":
        return f"{where}, <{slip.tag}> is opened and never closed."
    if slip.kind == "within":
        return f"{where}, <{slip.tag}> is opened while another <{slip.tag}> is still open."
    return f"{where}, </{slip.tag}> closes what was never opened, or is closed already."
