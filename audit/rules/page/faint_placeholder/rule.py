"""The words that stand in an empty field are too faint."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element, Pseudo
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics import colour
from audit.semantics.contrast import is_inactive, solid_background
from audit.semantics.overlaps import lies_on_another
from audit.semantics.words import has_words

RULE = Rule(
    title="Words in the field are faint",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.3",)),
    fixer=Fixer.THEME,
    why="People with low vision cannot read what the field wants of them.",
    since="0.1.0",
    needs=frozenset({Condition.DARK}),
)
#: The ratio for text below 24 px; large text needs 3:1.
LEAST, LEAST_LARGE, LARGE = 4.5, 3.0, 24.0


def applies(page: Page) -> Iterable[Element]:
    """Active fields that show words in the place of a value."""
    for element in page.document:
        told = _placeholder(element)
        if told is not None and element.rendered and has_words(told.text) and not is_inactive(page.document, element):
            yield element


def _placeholder(field: Element) -> Pseudo | None:
    return next((each for each in field.pseudo if each.kind == "placeholder"), None)


def expect(page: Page, target: Element) -> Result:
    for condition in (Condition.WIDE, Condition.DARK):
        document = page.under(condition)
        field = page.same(target, condition)
        told = _placeholder(field) if field is not None else None
        if document is None or field is None or told is None or not field.rendered:
            continue
        front, behind = colour.parse(told.style["color"]), solid_background(document, field)
        if front is None or behind is None:
            continue
        shade = colour.Colour(front.red, front.green, front.blue, front.alpha * float(told.style["opacity"]))
        if shade.alpha == 0:
            # It is hidden, mostly because a label stands in its place.
            continue
        drawn = colour.over(shade, behind)
        ratio = round(colour.contrast(drawn, behind), 2)
        needed = LEAST_LARGE if float(told.style["font-size"].removesuffix("px")) >= LARGE else LEAST
        if ratio < needed and not lies_on_another(document, field):
            return failed(
                f"“{told.text[:60]}” in the field has a contrast of {ratio:g}:1 ({drawn.hex} on {behind.hex}); {needed:g}:1 is needed.",
                "Give ::placeholder a darker colour, and opacity: 1; or write the hint below the label.",
                None if condition is Condition.WIDE else condition,
                ratio=ratio,
                needed=needed,
                foreground=drawn.hex,
                background=behind.hex,
            )
    return passed()
