"""The verdict on the contrast of a text, for the minimum (1.4.3) and the enhanced level (1.4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Document, Element
from audit.model.finding import Condition, Json, Outcome
from audit.model.page import Page
from audit.model.rule import Result, ask, failed, passed
from audit.semantics.backdrops import is_drawn, painted_with
from audit.semantics.contrast import (
    has_readable_text,
    is_large_if_semi_bold_is_bold,
    is_out_of_reach,
    needed,
    needed_by_size,
    text_contrast,
)

#: A part of the backdrop this much below the limit is asked about.
CLEARLY = 0.85


def readable_texts(page: Page) -> Iterable[Element]:
    """Elements with text of their own, meant to be seen, of no inactive control."""
    for element in page.document:
        if has_readable_text(page.document, element):
            yield element


def _seen(page: Page, target: Element, conditions: Iterable[Condition]) -> Iterator[tuple[Document, Element]]:
    for condition in conditions:
        document = page.under(condition)
        element = page.same(target, condition)
        if document is None or element is None or not element.rendered:
            continue
        # A condition that does not touch the colours says nothing new. Dark canvases show in the root's colours.
        if document is not page.document and _is_as_wide(page.document, target, document, element):
            continue
        yield document, element


def _is_as_wide(wide: Document, target: Element, document: Document, element: Element) -> bool:
    if document.condition is Condition.DARK and document.elements is not wide.elements:
        canvas = [each.style.get("color-scheme") for each in (document.root, wide.root)]
        if document.root.style.get("color") != wide.root.style.get("color") or "dark" in (canvas[0] or ""):
            return False
    return painted_with(document, element) == painted_with(wide, target)


def contrast_verdict(page: Page, target: Element, conditions: Iterable[Condition], *, enhanced: bool) -> Result:
    """A fact where it fails under one of the conditions for certain, else a question, else passed."""
    asked: Result | None = None
    for document, element in _seen(page, target, conditions):
        result = _judge(page, document, element, enhanced=enhanced)
        if result is None:
            continue
        if result.message and result.outcome is Outcome.FAILED:
            return result
        asked = asked or (result if result.message else None)
    return asked or passed()


def _judge(page: Page, document: Document, element: Element, *, enhanced: bool) -> Result | None:
    found = text_contrast(page, document, element)
    limit = needed(element, enhanced=enhanced)
    if found is None or found.worst >= limit:
        return None
    text = " ".join("".join(each.text for each in element.content if not isinstance(each, int)).split())[:60]
    condition = None if document.condition is Condition.WIDE else document.condition
    seen: dict[str, Json] = {
        "ratio": found.best,
        "worst": found.worst,
        "needed": limit,
        "colour": found.foreground,
        "background": found.background,
    }
    fix = f"Make the text darker or the background lighter (or the other way round) until the contrast is {limit:g}:1."
    if is_large_if_semi_bold_is_bold(element) and found.worst >= needed_by_size(large=True, enhanced=enhanced):
        if enhanced:  # not worth anybody's minute at a level that few promise
            return None
        return ask(
            f"“{text}” has a contrast of {found.best:g}:1 and a weight between ordinary and bold. Is it drawn bold? "
            f"Then this is enough; else {limit:g}:1 is needed.",
            fix,
            condition,
            **seen,
        )
    if is_drawn(document, element) and not element.exposed and found.best < limit:
        return ask(
            f"“{text}” is in a drawing that screen readers skip, with a contrast of {found.best:g}:1 "
            f"({found.foreground} on {found.background}). Does it tell anybody something?",
            fix,
            condition,
            **seen,
        )
    if found.best < limit and not found.shadow and not found.covered:
        if is_out_of_reach(document, element):
            if enhanced:
                return None
            return ask(
                f"“{text}” has a contrast of {found.best:g}:1 ({found.foreground} on {found.background}), and no pointer "
                f"can press it. Is it switched off? Else {limit:g}:1 is needed.",
                fix,
                condition,
                **seen,
            )
        return failed(
            f"“{text}” has a contrast of {found.best:g}:1 ({found.foreground} on {found.background}); {limit:g}:1 is needed.",
            fix,
            condition,
            **seen,
        )
    if found.covered or found.worst >= limit * CLEARLY:
        return None
    reason = "has a shadow" if found.shadow else "is on a background that varies"
    return ask(
        f"“{text}” {reason}: its contrast is {found.worst:g}:1 at the worst place; {limit:g}:1 is needed. Can all of it be read?",
        fix,
        condition,
        **seen,
    )
