"""A single printable key does something, wherever focus is, and cannot be switched off."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.capture.document import Element
from audit.capture.page import Page
from audit.model import Condition, Family, Fixer, Requirements
from audit.rule import Result, Rule, ask, failed, passed
from audit.semantics.acting import controls, speaks_of

RULE = Rule(
    title="A single key does something",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.4",), act=("ffbc54",)),
    fixer=Fixer.THEME,
    why="Speech input types letters: people who speak to their computer set off commands without meaning to.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_SWITCH = re.compile(
    r"\b(?:short-?cuts?|hot-?keys?|key ?bindings?|keyboard|keys?|ctrl|control key|modifier|raccourcis?|clavier|touches?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:settings|preferences|options|help|accessibility|paramètres|préférences|aide|accessibilité)\b", re.IGNORECASE
)


def applies(page: Page) -> Iterable[Element]:
    """The page, when a printable key pressed with focus on nothing did something."""
    if _keys(page):
        yield page.document.root


def _keys(page: Page) -> dict[str, tuple[str, ...]]:
    told = page.facts.get("shortcuts")
    found: dict[str, tuple[str, ...]] = {}
    for each in told if isinstance(told, (list, tuple)) else ():
        assert isinstance(each, dict)
        found[str(each["key"])] = tuple(str(answer) for answer in each["answers"])
    return found


def expect(page: Page, target: Element) -> Result:
    keys = _keys(page)
    names = ", ".join(f"“{key}”" for key in list(keys)[:6])
    switches = [each for each in controls(page.document) if speaks_of(page.document, each, _SWITCH) and _sets(each)]
    if switches:
        return passed(keys=list(keys), switch=switches[0].selector)
    fix = "Ask for Ctrl or Alt with the key, or offer a switch that turns the shortcuts off or changes them."
    acts = [key for key, answers in keys.items() if {"changed", "moved focus"} & set(answers)]
    settings = [
        each
        for each in page.document
        if each.rendered and each.tag in {"a", "button", "summary", "input"} and speaks_of(page.document, each, _PLACE)
    ]
    # A script that marks the page on the first key, or answers every key alike, gives no command.
    if not acts or acts == ["a"] or len(acts) > 30 or settings:
        return ask(
            f"The page answers the key {names} by itself. Is that a command, and can it be switched off or changed?",
            fix,
            condition=Condition.KEYBOARD,
            keys=list(keys),
        )
    return failed(
        f"The key {names} changes the page wherever focus is, and nothing on the page switches that off.",
        fix,
        condition=Condition.KEYBOARD,
        keys=list(keys),
    )


def _sets(element: Element) -> bool:
    if element.tag == "input":
        return (element.get("type") or "text").lower() in {"checkbox", "radio", "button", "submit", "range"}
    return element.tag != "textarea"
