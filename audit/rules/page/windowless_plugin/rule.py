"""An embedded object is drawn without a window of its own, which hides it from assistive technology."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="An object hidden from screen readers",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="With wmode transparent or opaque, plug-ins expose nothing to screen readers and take no keyboard.",
    since="0.1.0",
    best_practice=True,
)
_PLAIN = frozenset({"window", "direct", "gpu", ""})


def applies(page: Page) -> Iterable[Element]:
    """Objects and embeds that set the parameter."""
    for element in page.document.tags("object", "embed"):
        if _mode(page, element) is not None:
            yield element


def expect(page: Page, target: Element) -> Result:
    mode = _mode(page, target) or ""
    if mode in _PLAIN:
        return passed(wmode=mode)
    return failed(
        f"This {target.tag} is embedded with wmode “{mode}”.",
        "Replace the plug-in by HTML. As long as it is there, set wmode to window.",
        wmode=mode,
    )


def _mode(page: Page, element: Element) -> str | None:
    if element.tag == "embed":
        value = element.get("wmode")
        return None if value is None else value.strip().lower()
    for child in page.document.descendants(element):
        if child.tag == "param" and (child.get("name") or "").strip().lower() == "wmode":
            return (child.get("value") or "").strip().lower()
    return None
