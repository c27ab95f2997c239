"""Links appear under the pointer, and no key brings them up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Hover
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label, stops
from audit.semantics.words import has_words

RULE = Rule(
    title="Menu that only the pointer opens",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="People who use a keyboard or a switch never get to what is in the menu.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    covers=("content-for-pointers-only",),
)
_KEYS = frozenset({"keydown", "keyup", "keypress"})


def applies(page: Page) -> Iterable[Element]:
    """What appeared under the pointer and holds something to operate."""
    for _, appeared, _ in _opened(page):
        yield appeared


def _opened(page: Page) -> Iterator[tuple[Element, Element, Hover]]:
    """What the pointer rested on, what appeared, and what was noted of it."""
    document = page.document
    for told in page.observed.hovers:
        trigger = document.by_node.get(told.node)
        for part in told.appeared:
            found = document.by_node.get(part.node) if part.node is not None else None
            if trigger is not None and found is not None and any(True for _ in _operable(document, found)):
                yield trigger, found, told


def _operable(document: Document, element: Element) -> Iterator[Element]:
    for each in (element, *document.descendants(element)):
        # A sign beside a heading that links to it is no menu.
        link = each.tag == "a" and each.has("href") and has_words(document.text(each))
        if link or each.tag in {"button", "input", "select", "textarea"}:
            yield each


def expect(page: Page, target: Element) -> Result:
    document = page.document
    trigger, _, noted = next(each for each in _opened(page) if each[1].index == target.index)
    inside = list(_operable(document, target))
    met = stops(page).keys() | {stop.node for stop in (page.keyboard.backward if page.keyboard else ())}
    if noted.focus or any(each.node in met for each in inside):
        return passed(way="focus")
    around = {
        target.node,
        *(each.node for each in document.descendants(target)),
        *(each.node for each in document.ancestors(target)),
    }
    if any(part.node in around for told in page.observed.activations for part in told.appeared):
        return passed(way="a control")
    if all(_elsewhere(document, each, inside) for each in inside):
        return passed(way="the same links elsewhere")
    names = ", ".join(f"“{document.text(each)[:30]}”" for each in inside[:3] if document.text(each))
    what = f"{names or 'What is in the menu'} come up when the pointer is on {label(trigger, document.visible_text(trigger))}"
    fix = "Show it on focus too (:focus-within), or put a button beside it that opens it."
    if any(
        _KEYS & set(each.listeners) for each in (trigger, *document.ancestors(trigger), *document.descendants(trigger))
    ):
        return ask(f"{what}; Tab does not reach them, but a script listens to keys. Which key opens them?", fix)
    return failed(
        f"{what}. Tab does not bring them up, and no control does.",
        fix,
        links=len(inside),
    )


def _elsewhere(document: Document, link: Element, inside: list[Element]) -> bool:
    address = link.get("href")
    own = {each.index for each in inside}
    return bool(address) and any(
        each.rendered and each.index not in own and each.get("href") == address for each in document.by_tag.get("a", ())
    )
