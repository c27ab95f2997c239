"""A drawing made of characters is read out sign by sign."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.text_blocks import TextBlock, text_blocks

RULE = Rule(
    title="A drawing made of characters",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.AUTHOR,
    why="A screen reader reads “slash backslash underscore”, and nobody learns what is drawn.",
    since="0.1.0",
    covers=("preformatted-without-code",),
)
_CODE = frozenset({"code", "samp", "kbd", "var", "math"})
#: Signs that a drawing has at least, and their share of all that is not blank.
SIGNS, SHARE = 8, 0.5


def applies(page: Page) -> Iterable[Element]:
    """Blocks of several lines that keep their spaces and consist mostly of signs, not marked as code."""
    for block in text_blocks(page.document):
        if _is_drawing(page.document, block):
            yield block.element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    picture = document.closest(
        target, lambda each: each.role in {"image", "img", "graphics-document"} and each.name.strip() != ""
    )
    figure = document.closest(target, lambda each: each.tag == "figure")
    captioned = figure is not None and any(
        each.tag == "figcaption" and document.text(each) for each in document.descendants(figure)
    )
    if picture is not None or captioned:
        return passed()
    drawn = " ".join(document.text(target).split())
    if not target.exposed:
        return passed(hidden=True)
    return failed(
        f"“{drawn[:50]}” is a drawing made of characters, and no words replace it.",
        'Put it into an element with role="img" and aria-label, or use an image with an alternative.',
    )


def _is_drawing(document: Document, block: TextBlock) -> bool:
    raw = "".join(run.text for _, run in block.runs).strip("\n")
    kept = block.element.style.get("white-space-collapse", "collapse").startswith(("preserve", "break"))
    if not kept or raw.count("\n") < 1 or len(block.lines) < 2:
        return False
    around = (block.element, *document.ancestors(block.element), *document.descendants(block.element))
    if any(each.tag in _CODE for each in around):
        return False
    solid = [each for each in raw if not each.isspace()]
    signs = [each for each in solid if not each.isalnum() and each not in ".,;:!?'\"’“”«»"]
    return len(signs) >= SIGNS and len(signs) >= SHARE * len(solid)
