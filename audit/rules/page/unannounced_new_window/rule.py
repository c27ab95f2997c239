"""A link opens a new window, and no words say so."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import words

RULE = Rule(
    title="A link opens a new window unannounced",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="The way back is gone: people who cannot see the new tab, or who do not know tabs, are lost.",
    since="0.1.0",
    best_practice=True,
)
_SAME = frozenset({"", "_self", "_parent", "_top"})
_ANNOUNCED = frozenset({"tab", "window", "onglet", "fenêtre", "external", "externe", "popup"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed links that open elsewhere."""
    frames = {(frame.get("name") or "").lower() for frame in page.document.tags("iframe", "frame")}
    for link in page.document.tags("a", "area"):
        target = (link.get("target") or "").strip().lower()
        if link.has("href") and link.exposed and target not in _SAME and target not in frames:
            yield link


def expect(page: Page, target: Element) -> Result:
    described = " ".join(page.document.text(each) for each in page.document.referred(target, "aria-describedby"))
    told = f"{target.name} {target.get('title') or ''} {described} {target.accessible.description if target.accessible else ''}"
    if _ANNOUNCED & {*words(told)}:
        return passed()
    return failed(
        f"The link “{(target.name or page.document.text(target))[:60]}” opens a new window, and no words say so.",
        "Open it in the same window, or add “(opens in a new tab)” to its text.",
        opens=target.get("target") or "",
    )
