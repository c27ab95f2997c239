"""Something is shown with the pointer on it, and no key shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import StyleRule
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import heard_by
from audit.semantics.hover import appearing
from audit.semantics.keyboard_walk import label
from audit.semantics.words import has_words

RULE = Rule(
    title="Only the pointer shows this",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard, a screen reader or a touch screen never see what appears under the pointer only.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_SHOWS = re.compile(
    r"(?:^|;)\s*(?:display:\s*(?!none)[\w-]+|visibility:\s*visible|opacity:\s*(?:1|0?\.[5-9]\d*)\b|clip(?:-path)?:\s*(?:auto|none))"
)
_STATE = re.compile(r":(?:hover|focus(?:-within|-visible)?|active)\b")
_LAST = re.compile(r"[.#]([\w-]+)")
_KEYS = frozenset({"keydown", "keyup", "keypress"})
_WHOLE = frozenset({"body", "html", "main"})
_SHOWING = frozenset({"focus", "focusin", "click", "keydown", "keyup", "pointerdown", "touchstart"})


def _showing(rules: Iterable[StyleRule]) -> Iterator[str]:
    """The selectors of the rules that make something be seen."""
    for rule in rules:
        if _SHOWS.search(rule.declarations):
            yield from (selector.strip() for selector in rule.selector.split(","))


def _hidden(page: Page) -> dict[int, str]:
    """Hidden elements with text that a rule with ``:hover`` shows, by index, with its selector."""
    focused = {_STATE.sub("", selector) for selector in _showing(page.observed.focus_rules)}
    found: dict[int, str] = {}
    for selector in _showing(page.observed.hover_rules):
        subject = re.split(r"[\s>+~]+", selector)[-1]
        names = _LAST.findall(_STATE.sub("", subject))
        # ``a:hover`` changes what is there; only what is shown by the hover of another thing was hidden before.
        if ":hover" not in selector or ":hover" in subject or not names or _STATE.sub("", selector) in focused:
            continue
        for element in page.document:
            called = {*element.classes, element.get("id") or ""}
            if not element.rendered and set(names) <= called and has_words(page.document.text(element)):
                found.setdefault(element.index, selector)
    return found


def applies(page: Page) -> Iterable[Element]:
    """What a style sheet shows when the pointer is on something else, and hides otherwise."""
    for index in sorted({**_hidden(page), **_scripted(page)}):
        yield page.document[index]


def _scripted(page: Page) -> dict[int, Element]:
    """Text that appeared while the pointer was on something that takes no focus and hears no key, by index."""
    document = page.document
    found: dict[int, Element] = {}
    for trigger, shown in appearing(page):
        around = [trigger, *document.descendants(trigger), *document.ancestors(trigger)]
        keyed = any(each.focusable or (_SHOWING | _KEYS) & heard_by(each) for each in around if each.tag not in _WHOLE)
        if keyed or not shown.lasts:
            continue
        for element in shown.elements:
            if not element.rendered and not element.focusable and has_words(document.text(element)):
                found.setdefault(element.index, trigger)
    return found


def _is_opened(page: Page, target: Element) -> bool:
    """Whether a control that was pressed, or focus, shows it as well."""
    around = {target.node, *(each.node for each in page.document.ancestors(target))}
    return any(part.node in around for told in page.observed.activations for part in told.appeared)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    selector = _hidden(page).get(target.index)
    text = document.text(target)[:60]
    fix = "Show it on focus too (:focus-within), on an element that takes focus; or leave it on the page."
    around = [target, *document.ancestors(target)]
    scripted = any(_SHOWING & set(each.listeners) for each in around if each.tag not in {"body", "html"})
    same = document.closest(target, lambda each: each.tag in {"body", "main"})
    elsewhere = same is not None and any(
        owner.rendered and document.text(target) in run.text for owner, run in document.runs(same)
    )
    if elsewhere:
        return passed()
    if selector is None:
        trigger = _scripted(page)[target.index]
        if _is_opened(page, target) or any(each.focusable for each in document.descendants(target)):
            return passed()
        return failed(
            f"“{text}” appears when the pointer is on {label(trigger, document.visible_text(trigger))}, and no key shows it.",
            fix,
        )
    holds = any(each.tag in {"a", "button", "input", "select"} for each in (target, *document.descendants(target)))
    if scripted or holds:
        return ask(
            f"“{text}” appears when the pointer is on “{selector.split(':hover')[0]}”. Which key shows it?",
            fix,
            selector=selector,
        )
    return failed(f"“{text}” appears under the pointer only: no rule shows it on focus.", fix, selector=selector)
