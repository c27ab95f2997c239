"""A field for a password, code or address does not let people paste."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="Nobody can paste here",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.3.8",)),
    fixer=Fixer.THEME,
    why="People who cannot remember or copy out a password rely on a password manager, which pastes it.",
    since="0.1.0",
    needs=frozenset({Condition.FORMS}),
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
    fix = "Do not handle paste in fields for names, passwords and codes."
    tried = next((each for each in page.observed.pasting if each.node == target.node), None)
    if tried is not None:
        if tried.refused:
            return failed(f"What is pasted into “{target.name[:60]}” does not arrive.", fix, condition=Condition.FORMS)
        if tried.keys:
            return ask(
                f"A script catches Ctrl+V in “{target.name[:60]}”. Can people paste with the keyboard all the same?",
                fix,
            )
        return passed(pasted=True)
    around = (target, *page.document.ancestors(target))
    inline = next((each for each in around if _BLOCKS.search(each.get("onpaste") or "")), None)
    listens = any("paste" in each.listeners for each in around)
    if inline is None and not listens:
        return passed()
    return ask(
        f"“{target.name[:60]}” listens to pasting. Can a password manager fill it in, and can people paste?",
        fix,
        blocked=inline is not None,
    )
