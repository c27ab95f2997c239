"""A single printable key does something, wherever focus is, and cannot be switched off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import ascii_lowercase

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, said_of
from audit.semantics.words import collapse

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
#: A key that a control names because it does the same (“Search Ctrl + K”): nothing is switched by it.
_TOGETHER = re.compile(
    r"(?:\b(?:ctrl|control|alt|option|shift|cmd|command|maj)|⌘|⌥)\s*[+\-–]?\s*\S(?!\w)", re.IGNORECASE
)
_OF_PLACES = r"settings|preferences|options|help|accessibility|paramètres|préférences|aide|accessibilité|réglages"
#: The whole name of a link or button behind which a switch may be; “Options of the index” is a subject of its page.
_PLACE = re.compile(
    r"(?:(?:open|show|my|your|site|page|user|account|display|view|reader|keyboard|and|&|et|de|du|clavier|"
    rf"{_OF_PLACES})\s+)*(?:{_OF_PLACES})(?:\s+(?:page|menu|centre|center|statement|panel))?",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """The page, when a printable key pressed with focus on nothing did something."""
    if _keys(page):
        yield page.document.root


def _keys(page: Page) -> dict[str, tuple[str, ...]]:
    return {each.key: each.answers for each in page.observed.shortcuts}


def expect(page: Page, target: Element) -> Result:
    keys = _keys(page)
    names = ", ".join(f"“{key}”" for key in list(keys)[:6])
    switches = [each for each in controls(page.document) if _is_switch(page, each)]
    if switches:
        return passed(keys=list(keys), switch=switches[0].selector)
    fix = "Ask for Ctrl or Alt with the key, or offer a switch that turns the shortcuts off or changes them."
    acts = [key for key, answers in keys.items() if {"changed", "moved focus"} & set(answers)]
    settings = [
        each
        for each in page.document
        if each.rendered
        and each.tag in {"a", "button", "summary", "input"}
        and _PLACE.fullmatch(name := collapse(each.name or page.document.text(each)))
        # In a list of contents, "Options" is the subject of a page.
        and not (each.tag == "a" and name.lower() == "options")
    ]
    # A script that marks the page on the first key, or answers every key alike, gives no command. And what changes with
    # the first keys in the order in which they are tried may have changed by itself.
    if not acts or acts == list(ascii_lowercase[: len(acts)]) or len(acts) > 30 or settings:
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


def _is_switch(page: Page, control: Element) -> bool:
    return _sets(control) and _SWITCH.search(_TOGETHER.sub(" ", said_of(page.document, control))) is not None


def _sets(element: Element) -> bool:
    if element.tag == "input":
        return (element.get("type") or "text").lower() in {"checkbox", "radio", "button", "submit", "range"}
    return element.tag != "textarea"
