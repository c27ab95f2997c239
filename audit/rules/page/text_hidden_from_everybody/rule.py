"""Part of the text of a link or button is hidden from everybody, screen readers included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.links import context_tells, says_nothing
from audit.semantics.vocabulary import either, vocabulary
from audit.semantics.words import collapse, words

RULE = Rule(
    title="Should these hidden words be heard?",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.4.4",)),
    fixer=Fixer.THEME,
    why="display: none and visibility: hidden take the words from screen readers too, so the link says less than was meant.",
    since="0.1.0",
    covers=("link-without-purpose", "vague-link-text"),
)
_NAMED = frozenset({"link", "button", "heading", "menuitem", "tab"})
#: Texts that say little by themselves begin with one of these in English and French.
_NOT_TEXT = frozenset({"script", "style", "template", "noscript", "title", "option"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered links, buttons and headings that hold hidden text besides text that is seen."""
    for element in page.document:
        if element.role in _NAMED and element.rendered and _hidden(page, element):
            yield element


def expect(page: Page, target: Element) -> Result:
    hidden = _hidden(page, target)
    seen = page.document.visible_text(target)
    # Two wordings of which a script shows one ("Show" and "Hide") each make sense alone.
    changes = any(
        target.has(attribute) for attribute in ("aria-expanded", "aria-pressed", "aria-controls", "aria-label")
    )
    if changes or target.tag in {"button", "summary"} or not seen:
        return passed(hidden=hidden)
    if {*words(hidden)} <= {*words(target.name)}:
        return passed(hidden=hidden)
    known = vocabulary(target.lang) or either()
    if target.role == "link" and says_nothing(seen, known) and not context_tells(page.document, target, known):
        result = failed(
            f"All that is read out of this link is “{seen[:60]}”; the words that tell where it leads, “{hidden[:60]}”, are hidden from everybody.",
            "Hide them from view only (clip them to one pixel), or show them.",
            seen=seen[:120],
            hidden=hidden[:120],
        )
        return replace(result, title="The telling words of a link are hidden")
    return ask(
        f"“{seen[:60]}” contains the words “{hidden[:60]}”, which neither show nor are read out. Were they meant for screen readers?",
        "If so, hide them from view only (clip them to one pixel); if not, take them out of the page.",
        seen=seen[:120],
        hidden=hidden[:120],
    )


def _hidden(page: Page, element: Element) -> str:
    parts = [
        run.text
        for owner, run in page.document.runs(element)
        if owner.index != element.index
        and not owner.rendered
        and not owner.exposed
        and owner.tag not in _NOT_TEXT
        and page.document.closest(owner, lambda each: each.get("aria-hidden") == "true") is None
        and page.document.closest(owner, lambda each: each.tag == "svg") is None
    ]
    return collapse(" ".join(parts))
