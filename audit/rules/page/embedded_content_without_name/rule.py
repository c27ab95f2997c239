"""What an ``embed`` shows has no name."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.images import file_name
from audit.semantics.words import has_words

RULE = Rule(
    title="Embedded content without a name",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1", "4.1.2")),
    fixer=Fixer.AUTHOR,
    why="A screen reader says “embedded object” or nothing, and nobody knows what is there.",
    since="0.1.0",
)
#: CSS px: what is smaller shows nothing.
LEAST = 8.0
_NAMING = ("aria-label", "title")


def applies(page: Page) -> Iterable[Element]:
    """Rendered ``embed`` elements of some size that are exposed."""
    for element in page.document.tags("embed"):
        box = element.box
        hidden = page.document.closest(element, lambda each: each.get("aria-hidden") == "true") is not None
        within = page.document.closest(element, lambda each: each.tag == "object")
        if element.rendered and box is not None and min(box.width, box.height) >= LEAST and not hidden and not within:
            yield element


def expect(page: Page, target: Element) -> Result:
    named = has_words(target.name) or any(has_words(target.get(attribute) or "") for attribute in _NAMING)
    if named or page.document.referred(target, "aria-labelledby"):
        return passed()
    file = file_name(target.get("src") or "")
    return failed(
        f"The embedded {'file ' + file if file else 'content'} has no name.",
        'Say what it shows in its title: `<embed title="Map of the branches" …>`.',
    )
