"""A dialogue opens, and Escape does not close it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from audit.capture.document import Element
from audit.capture.page import Page
from audit.model import Condition, Family, Fixer, Requirements
from audit.rule import Result, Rule, failed, passed
from audit.semantics.acting import activations
from audit.semantics.walking import label

RULE = Rule(
    title="Escape does not close the dialogue",
    family=Family.INTERACTION,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="People who use a keyboard expect Escape to close what lies over the page, and have to look for another way.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    best_practice=True,
)


def _overlay(told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What appeared and lies over the page: a dialogue by its role, or by its place."""
    for each in told["appeared"]:
        if each["role"] in {"dialog", "alertdialog"}:
            return dict(each)
        # A menu or a hint hangs on its control; only what stands free in the window counts as a dialogue.
        if each["position"] == "fixed" and each["focusable"] and len(str(each["text"])) > 20 and each["role"] == "":
            return dict(each)
    return None


def applies(page: Page) -> Iterable[Element]:
    """Controls that opened something over the page."""
    for told in activations(page):
        element = page.document.by_node.get(int(told["node"]))
        if element is not None and _overlay(told) is not None:
            yield element


def expect(page: Page, target: Element) -> Result:
    told = next(each for each in activations(page) if int(each["node"]) == target.node)
    shown = _overlay(told)
    assert shown is not None
    if told["escape_closes"] is not False:
        return passed()
    return failed(
        f"{label(target, page.document.text(target))} opens “{str(shown['text'])[:60]}” over the page; Escape leaves it open.",
        "Close it on Escape and give focus back to the control that opened it; <dialog> with showModal() does both.",
        condition=Condition.KEYBOARD,
    )
