"""A symbol by itself tells something, and no words do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.derived_facts import remembered
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import counted, has_words, without_icons

RULE = Rule(
    title="A symbol says it alone",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.1.1", "1.3.3")),
    fixer=Fixer.AUTHOR,
    why="Many screen readers leave symbols out or say “black square”, and nobody learns what they stand for.",
    since="0.1.0",
)
#: Signs of punctuation, currency and reckoning that every voice reads, or that say “nothing here”.
_ORDINARY = frozenset("–—-…⋯⋮·•/|%$€£+=<>©®™°§&*#~_^´`¨0123456789→←↑↓›‹»«↗▶►▸▾▼▲×")
#: Signs that send the reader to a note.
_NOTES = "*†‡"
#: The same, and shapes that may stand for one.
_SIGNS = _NOTES + "●○■□◆◇✱✲✳✽"
#: Signs that are the whole name of a control: they say a direction or “times”, not what is there.
_POINTING = frozenset(
    {"×", "▼", "▲", "▶", "◀", "►", "◄", "←", "→", "↑", "↓", "⟵", "⟶", "↗", "«", "»", "‹", "›", "<", ">", "<<", ">>"}
)
#: Signs that point somewhere, and a number with its own sign.
_TRENDS = frozenset("▲▼△▽↑↓↗↘⬆⬇")
_SIGNED = re.compile(r"(?<!\w)[+−-]\s?\d")
#: Symbols that may tell a state or a kind: of other symbols, of dingbats and pictograms.
_KINDS = frozenset({"So", "Sk", "Sm", "Co"})
_STATES = ("aria-checked", "aria-current", "aria-selected")
#: From this many items on, one symbol before every item of a list is its bullet.
EVERY = 2


def applies(page: Page) -> Iterable[Element]:
    """For each symbol that stands alone in a cell, an item or a box, the first place of it; and those with words."""
    for index in sorted({*_places(page.document), *_explained(page.document), *_marks(page.document)}):
        yield page.document[index]


def expect(page: Page, target: Element) -> Result:
    if target.index in _marks(page.document) and target.index not in _places(page.document):
        sign, number = _marks(page.document)[target.index]
        first = page.document.visible_text(target).strip()[:40]
        behind = f"“{first}”" + (f" and {counted(number - 1, 'other', 'others')}" if number > 1 else "")
        return ask(
            f"“{sign}” follows {behind}, and nothing on the page begins with it. Where does the page say what it means?",
            f"Say below what it means, beginning with the same sign (“{sign} Only with a card”); or write it out where it counts.",
            symbol=sign,
            places=number,
        )
    if target.index not in _places(page.document):
        return passed()
    symbol, number = _places(page.document)[target.index]
    where = "here" if number == 1 else f"in {number} places"
    shown = f"“{symbol}”" if without_icons(symbol) else "A sign of an icon font"
    return ask(
        f"{shown} is alone {where}, without words. Does everybody learn what it means, including people who listen?",
        "Write the meaning in words, with the symbol or in its place: “✓ yes”; or give it a name that is read out.",
        symbol=symbol,
        places=number,
    )


@remembered
def _marks(document: Document) -> Mapping[int, tuple[str, int]]:
    """The first block that ends with each sign of a note, or a shape that stands for one, and in how many it stands, where no block begins with that
    sign and none speaks of it.
    """
    ends: dict[str, list[int]] = {}
    told: set[str] = set()
    for block in text_blocks(document):
        text = block.text.strip()
        if len(text) < 2 or block.is_code(document):
            continue
        told |= {sign for sign in _SIGNS if text.startswith(sign) or _speaks_of(sign).search(text)}
        # What must be filled in is told elsewhere (required-untold).
        if text[-1] in _SIGNS and text[-2] not in _SIGNS and has_words(text) and not _leads(document, block.element):
            ends.setdefault(text[-1], []).append(block.element.index)
    return {min(indexes): (sign, len(indexes)) for sign, indexes in ends.items() if sign not in told}


def _speaks_of(sign: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\s(“\"']){re.escape(sign)}(?=[\s)”\"'=:])")


def _leads(document: Document, element: Element) -> bool:
    """Whether it stands in a form or is hidden, or its last sign is a link or has a title that explains it."""
    if not element.exposed or document.closest(element, lambda each: each.tag in {"label", "legend", "form"}):
        return True
    last = [owner for owner, run in document.runs(element) if run.text.strip()][-1:]
    return any(
        document.closest(each, lambda above: above.role == "link" or above.has("title")) is not None for each in last
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
    """Buttons and links that are called by a symbol or an arrow and nothing else."""
    for element in document:
        if element.role not in {"button", "link"} or not (element.exposed and element.rendered):
            continue
        name = "".join(element.name.split()).replace("\ufe0f", "")
        described = element.accessible.description if element.accessible else ""
        # What nothing but an icon font names has no name, which is told elsewhere (control-without-name).
        if has_words(described) or not without_icons(name):
            continue
        if _is_symbol(name) or name in _POINTING or (element.role == "button" and name in {"x", "X"}):
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


def _trends(document: Document, items: Iterable[Element]) -> dict[str, list[int]]:
    """Arrows and triangles beside the words of items, where they point to two sides or more and nothing else says so.

    In links and buttons they show where these lead; beside a number with a sign of its own they repeat it.
    """
    found: dict[str, list[int]] = {}
    for item in items:
        text = document.exposed_text(item).strip()
        worked = any(each.role in {"link", "button"} for each in document.descendants(item))
        if worked or _SIGNED.search(text) or not has_words(text):
            continue
        sign = next((text[at] for at, gap in ((-1, -2), (0, 1)) if text[at] in _TRENDS and text[gap].isspace()), None)
        if sign is not None:
            found.setdefault(sign, []).append(item.index)
    return found if len(found) > 1 else {}


def _before_items(document: Document) -> Iterable[tuple[str, list[int]]]:
    """Symbols that begin some items of a list or rows of a column, and not others, or others than these."""
    for each in document:
        if each.tag not in {"ul", "ol", "tbody", "table"}:
            continue
        items = [child for child in document.children(each) if child.tag in {"li", "tr"} and child.rendered]
        begun: dict[str, list[int]] = {}
        for item in items:
            # What is chosen is told as such: the sign is for the eye.
            if any(item.has(name) for name in _STATES):
                continue
            text = document.exposed_text(item).strip()
            if len(text) > 2 and _is_symbol(text[0]) and text[1:2].isspace() and has_words(text):
                begun.setdefault(text[0], []).append(item.index)
        yield from _trends(document, items).items()
        # One symbol before all of them is a bullet; two of a kind, or none before some, tell them apart.
        marked = sum(len(indexes) for indexes in begun.values())
        if len(items) > EVERY and begun and (marked < len(items) or len(begun) > 1):
            yield from begun.items()
