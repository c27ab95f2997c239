"""A field for a password, code or address does not let people paste."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.capture.document import Element
from audit.capture.page import Page
from audit.model import Family, Fixer, Requirements
from audit.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Can people paste here?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.3.8",)),
    fixer=Fixer.THEME,
    why="People who cannot remember or copy out a password rely on a password manager, which pastes it.",
    since="0.1.0",
)
_CREDENTIALS = frozenset({"username", "current-password", "new-password", "one-time-code", "email"})
_BLOCKS = re.compile(r"return\s+false|preventDefault", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Rendered fields for a user name, password or code."""
    for element in page.document.tags("input"):
        if element.rendered and _is_credential(element):
            yield element


def _is_credential(element: Element) -> bool:
    tokens = (element.get("autocomplete") or "").lower().split()
    return (element.get("type") or "").lower() == "password" or bool(_CREDENTIALS & set(tokens))


def expect(page: Page, target: Element) -> Result:
    around = (target, *page.document.ancestors(target))
    inline = next((each for each in around if _BLOCKS.search(each.get("onpaste") or "")), None)
    listens = any("paste" in each.listeners for each in around)
    if inline is None and not listens:
        return passed()
    return ask(
        f"“{target.name[:60]}” listens to pasting. Can a password manager fill it in, and can people paste?",
        "Do not handle paste in fields for names, passwords and codes.",
        blocked=inline is not None,
    )
