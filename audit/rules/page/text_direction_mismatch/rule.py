"""The direction that is set contradicts the script of the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Text runs in the wrong direction",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.AUTHOR,
    why="Punctuation, numbers and mixed words come in the wrong order, on the screen and in braille.",
    since="0.1.0",
)
#: Fewer letters may be a name or a brand in another script.
LEAST_LETTERS = 8


def applies(page: Page) -> Iterable[Element]:
    """Exposed elements that set a direction for enough text."""
    for element in page.document:
        if _direction(element) and element.exposed and sum(_letters(page, element)) >= LEAST_LETTERS:
            yield element


def expect(page: Page, target: Element) -> Result:
    left, right = _letters(page, target)
    set_to = _direction(target)
    against, along = (left, right) if set_to == "rtl" else (right, left)
    # Mixed text may run either way; only text wholly of the other script is surely wrong.
    if along > 0 or against == 0:
        return passed(left_to_right=left, right_to_left=right)
    script = "left to right" if set_to == "rtl" else "right to left"
    return failed(
        f'dir="{set_to}" is set on text whose letters all run {script}: “{page.document.text(target)[:60]}”.',
        "Take the dir attribute away, or set it to the direction of the script.",
        direction=set_to,
    )


def _direction(element: Element) -> str:
    value = (element.get("dir") or "").strip().lower()
    return value if value in {"ltr", "rtl"} else ""


def _letters(page: Page, element: Element) -> tuple[int, int]:
    """Letters that run left to right, and right to left, outside inner elements that set their own direction."""
    left = right = 0
    for owner, run in page.document.runs(element):
        nearest = page.document.closest(owner, lambda each: each.has("dir") or each.tag == "bdi")
        if nearest is None or nearest.index != element.index:
            continue
        for character in run.text:
            kind = unicodedata.bidirectional(character)
            left += kind == "L"
            right += kind in {"R", "AL"}
    return left, right
