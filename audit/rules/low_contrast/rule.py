"""Text stands out too little from what is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.capture.document import Document, Element
from audit.capture.page import Page
from audit.model import Condition, Family, Fixer, Requirements
from audit.rule import Result, Rule, ask, failed, passed
from audit.semantics.contrast import has_readable_text, needed, text_contrast

RULE = Rule(
    title="Text contrast is too low",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.3",), act=("afw4f7",)),
    fixer=Fixer.THEME,
    why="People with low vision, and everybody in bright light, cannot read it.",
    since="0.1.0",
    needs=frozenset({Condition.DARK, Condition.HOVER, Condition.FOCUS}),
    axe=("color-contrast",),
)
CONDITIONS = (Condition.WIDE, Condition.DARK, Condition.HOVER, Condition.FOCUS)
#: A part of the backdrop this much below the limit is asked about.
CLEARLY = 0.85


def applies(page: Page) -> Iterable[Element]:
    """Elements with text of their own, meant to be seen, of no inactive control."""
    for element in page.document:
        if has_readable_text(page.document, element):
            yield element


def _seen(page: Page, target: Element) -> Iterator[tuple[Document, Element]]:
    for condition in CONDITIONS:
        document = page.under(condition)
        element = page.same(target, condition)
        if document is None or element is None or not element.rendered:
            continue
        # A state that does not touch the colours says nothing new.
        if condition in {Condition.HOVER, Condition.FOCUS} and _colours(document, element) == _colours(
            page.document, target
        ):
            continue
        yield document, element


def _colours(document: Document, element: Element) -> tuple[str | None, ...]:
    line = (element, *document.ancestors(element))
    return (element.style.get("color"), *(each.style.get("background-color") for each in line))


def expect(page: Page, target: Element) -> Result:
    asked: Result | None = None
    for document, element in _seen(page, target):
        result = _judge(page, document, element)
        if result is None:
            continue
        if result.message and result.outcome.value == "failed":
            return result
        asked = asked or (result if result.message else None)
    return asked or passed()


def _judge(page: Page, document: Document, element: Element) -> Result | None:
    found = text_contrast(page, document, element)
    limit = needed(element, enhanced=False)
    if found is None or found.worst >= limit:
        return None
    text = " ".join("".join(each.text for each in element.content if not isinstance(each, int)).split())[:60]
    condition = None if document.condition is Condition.WIDE else document.condition
    fix = f"Make the text darker or the background lighter (or the other way round) until the contrast is {limit:g}:1."
    if found.best < limit and not found.shadow and not found.covered:
        return failed(
            f"“{text}” has a contrast of {found.best:g}:1 ({found.foreground} on {found.background}); {limit:g}:1 is needed.",
            fix,
            condition,
            ratio=found.best,
            worst=found.worst,
            needed=limit,
            colour=found.foreground,
            background=found.background,
        )
    if found.covered or found.worst >= limit * CLEARLY:
        return None
    reason = "has a shadow" if found.shadow else "lies on a background that varies"
    return ask(
        f"“{text}” {reason}: its contrast is {found.worst:g}:1 at the worst place; {limit:g}:1 is needed. Can all of it be read?",
        fix,
        condition,
        ratio=found.best,
        worst=found.worst,
        needed=limit,
        colour=found.foreground,
        background=found.background,
    )
