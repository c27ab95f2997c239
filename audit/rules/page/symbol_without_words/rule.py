"""A symbol by itself tells something, and no words do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import has_words

RULE = Rule(
    title="A symbol says it alone",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1", "1.3.3")),
    fixer=Fixer.AUTHOR,
    why="Many screen readers leave symbols out or say “black square”, and nobody learns what they stand for.",
    since="0.1.0",
)
#: Signs of punctuation, currency and reckoning that every voice reads, or that say “nothing here”.
_ORDINARY = frozenset("–—-…·•/|%$€£+=<>©®™°§&*#~_^´`¨0123456789→←↑↓›‹»«↗▶►▸▾▼▲×")
#: Symbols that may tell a state or a kind: of other symbols, of dingbats and pictograms.
_KINDS = frozenset({"So", "Sk", "Sm", "Co"})
#: From this many items on, one symbol before every item of a list is its bullet.
EVERY = 2


def applies(page: Page) -> Iterable[Element]:
    """For each symbol that stands alone in a cell, an item or a box, the first place of it; and those with words."""
    for index in sorted({*_places(page.document), *_explained(page.document)}):
        yield page.document[index]


def expect(page: Page, target: Element) -> Result:
    if target.index not in _places(page.document):
        return passed()
    symbol, number = _places(page.document)[target.index]
    where = "here" if number == 1 else f"in {number} places"
    return ask(
        f"“{symbol}” stands alone {where}, without words. Does everybody learn what it means, also by ear?",
        "Write the meaning in words, with the symbol or in its place: “✓ yes”; or give it a name that is read out.",
        symbol=symbol,
        places=number,
    )


@remembered
def _places(document: Document) -> Mapping[int, tuple[str, int]]:
    """The first element with each symbol, and in how many it stands."""
    found: dict[str, list[int]] = {}
    for block in text_blocks(document):
        element = block.element
        symbol = "".join(block.text.split())
        if not _is_symbol(symbol) or not element.exposed or _has_other_words(document, element):
            continue
        found.setdefault(symbol, []).append(element.index)
    for symbol, index in _controls(document):
        found.setdefault(symbol, []).append(index)
    for symbol, indexes in _before_items(document):
        found.setdefault(symbol, []).extend(indexes)
    return {min(indexes): (symbol, len(indexes)) for symbol, indexes in found.items()}


def _controls(document: Document) -> Iterator[tuple[str, int]]:
    """Buttons that are called by a symbol and nothing else, and links that are so by one that is not usual there."""
    for element in document:
        if element.role not in {"button", "link"} or not (element.exposed and element.rendered):
            continue
        name = "".join(element.name.split()).replace("\ufe0f", "")
        described = element.accessible.description if element.accessible else ""
        if has_words(described) or not name:
            continue
        if _is_symbol(name) or (element.role == "button" and name in {"×", "x", "X", "▼", "▲", "←", "→"}):
            yield name, element.index


@remembered
def _explained(document: Document) -> frozenset[int]:
    """Blocks of nothing but a symbol, beside which words say what it means."""
    return frozenset(
        block.element.index
        for block in text_blocks(document)
        if _is_symbol("".join(block.text.split()))
        and (not block.element.exposed or _has_other_words(document, block.element))
    )


def _is_symbol(text: str) -> bool:
    """Whether a text is nothing but one or a few symbols of one kind."""
    signs = {sign for sign in text if sign != "\ufe0f"}
    if not signs or len(text) > 5 or len(signs) > 1 or signs & _ORDINARY or has_words(text):
        return False
    return all(unicodedata.category(sign) in _KINDS for sign in signs)


def _has_other_words(document: Document, element: Element) -> bool:
    """Whether a name, a hidden text or words in the same control, heading or line say it."""
    inner = [element, *document.descendants(element)]
    if any(has_words(each.get(name) or "") for each in inner for name in ("aria-label", "title")):
        return True
    if any(
        each.role in {"link", "button", "heading", "img", "image"} for each in (*inner, *document.ancestors(element))
    ):
        return True
    if any(above.tag in {"label", "pre", "code", "figure"} for above in document.ancestors(element)):
        return True
    if has_words(document.exposed_text(element)):
        return True
    # Beside words in the same line or item it is an ornament; in a cell of its own it is what the cell says.
    parent = document.parent(element)
    return element.tag not in {"td", "li", "dd"} and parent is not None and has_words(document.exposed_text(parent))


def _before_items(document: Document) -> Iterable[tuple[str, list[int]]]:
    """Symbols that begin some items of a list or rows of a column, and not others."""
    for each in document:
        if each.tag not in {"ul", "ol", "tbody", "table"}:
            continue
        items = [child for child in document.children(each) if child.tag in {"li", "tr"} and child.rendered]
        begun: dict[str, list[int]] = {}
        for item in items:
            text = document.exposed_text(item).strip()
            if len(text) > 2 and _is_symbol(text[0]) and text[1:2].isspace() and has_words(text):
                begun.setdefault(text[0], []).append(item.index)
        if len(items) > EVERY and 0 < sum(len(indexes) for indexes in begun.values()) < len(items):
            yield from begun.items()
