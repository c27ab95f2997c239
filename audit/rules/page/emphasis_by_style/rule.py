"""A warning within a sentence is set apart by style alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.text_blocks import CODE, TextBlock, text_blocks
from audit.semantics.words import words

RULE = Rule(
    title="Words set apart by style alone",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.AUTHOR,
    why="Who listens to the sentence, or reads it in a style of their own, does not learn that these words matter most.",
    since="0.1.0",
)
#: Elements that mean nothing themselves, and those that say what their words are.
_PLAIN = frozenset({"span", "font"})
_MEANS = frozenset({"strong", "em", "b", "i", "mark", "dfn", "cite", "abbr", "a", "label", "legend", "summary"}) | CODE
_PROSE = frozenset({"p", "li", "dd", "td", "blockquote", "div"})
# Words that forbid, oblige or except something: set apart, they are what the sentence is about.
_WARNS = re.compile(
    r"\b(?:never|not|must|only|always|cannot|important|warning|caution|required|except|danger"
    r"|jamais|pas|dois|doit|doivent|seulement|toujours|uniquement|attention|obligatoire\w*|sauf|interdit\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
#: Weights of bold text, and how much heavier than the text around it.
BOLD, HEAVIER = 600, 200
#: Words of a sentence around it.
AROUND = 4


def applies(page: Page) -> Iterable[Element]:
    """Spans within a text, bold or italic where the text is not, whose words forbid, oblige or except something."""
    document = page.document
    for block in text_blocks(document):
        if block.element.tag in _PROSE and not block.is_code(document):
            seen: set[int] = set()
            for owner, _ in block.runs:
                if owner.index not in seen and _is_set_apart(block, owner):
                    yield owner
                seen.add(owner.index)


def expect(page: Page, target: Element) -> Result:
    document = page.document
    if any(each.tag in _MEANS or each.role in {"strong", "emphasis", "mark"} for each in _above(document, target)):
        return passed()
    text = document.visible_text(target)
    how = "bold" if _weight(target) >= BOLD else "italic"
    return ask(
        f"“{text[:80]}” is {how} by style alone. Does the sentence mean something else without that?",
        "If so, mark it as `<strong>` (important) or `<em>` (stressed).",
        text=text[:80],
    )


def _above(document: Document, element: Element) -> Iterable[Element]:
    """The element and those around it, up to the block of text."""
    yield element
    for each in document.ancestors(element):
        if each.tag in _PROSE:
            return
        yield each


def _is_set_apart(block: TextBlock, owner: Element) -> bool:
    if owner.tag not in _PLAIN or not owner.exposed or owner.index == block.element.index:
        return False
    apart = _weight(owner) >= max(BOLD, _weight(block.element) + HEAVIER) or (
        owner.style.get("font-style") == "italic" and block.element.style.get("font-style") != "italic"
    )
    if not apart:
        return False
    text = " ".join(run.text for inner, run in block.runs if inner.index == owner.index)
    return bool(_WARNS.search(text)) and len(words(block.text)) - len(words(text)) >= AROUND


def _weight(element: Element) -> float:
    value = element.style.get("font-weight", "400")
    return float(value) if value.replace(".", "", 1).isdecimal() else 400
