"""The page opens a window as soon as it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A window opens by itself",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.2.5",)),
    fixer=Fixer.THEME,
    why="Focus goes to a window that nobody asked for; people who cannot see it do not know where they are.",
    since="0.1.0",
)


def applies(page: Page) -> Iterable[None]:
    """The page: what it opened before anybody did anything was noted."""
    if page.document.elements:
        yield None


def expect(page: Page, _target: None) -> Result:
    told = page.facts.get("popups")
    if not told:
        return passed()
    addresses = list(dict.fromkeys(str(each) for each in told)) if isinstance(told, (list, tuple)) else []
    # Without the port of this run, where it is on this machine.
    shown = [re.sub(r"^https?://(?:127\.0\.0\.1|localhost)(?::\d+)?", "", each) for each in addresses]
    where = f"with {shown[0][:60]}" if shown and shown[0] else "without an address"
    return failed(
        f"When the page has loaded, it opens a window {where}.",
        "Show what the window says on the page itself; or open the window from a button that says so.",
        windows=shown[:5],
    )
