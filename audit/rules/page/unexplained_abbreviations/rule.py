"""Abbreviations stand on the page without their words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.text_blocks import CODE, text_blocks
from audit.semantics.vocabulary import Vocabulary, either, vocabulary
from audit.semantics.words import words

RULE = Rule(
    title="Abbreviations without their words",
    family=Family.PAGE,
    requirements=Requirements(wcag=("3.1.4",)),
    fixer=Fixer.AUTHOR,
    why="New readers, and people who are not at home in the subject, do not know what the letters stand for.",
    since="0.1.0",
)
# No part of the name of a host: "GOV" in "GOV.UK".
_LETTERS = re.compile(r"(?<![\w.-])[A-ZÀ-Ý]{2,6}s?(?![\w-]|\.\w)")
_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
#: What follows the short name of a province or state in an address: “TX 77414”, “ON K0M 0Z1”.
_POSTAL_CODE = re.compile(r"[,\s]*(?:\d{5}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)")
#: Two words in capitals beside each other are loud, not short.
_NEIGHBOUR = re.compile(r"\b[A-ZÀ-Ý]{2,}\b(?:[ ,'’&-]+\b[A-ZÀ-Ý]{2,}\b)+")


def applies(page: Page) -> Iterable[Element]:
    """The first block of each page that holds an abbreviation, in a language whose words are known."""
    found = _abbreviations(page.document)
    if found:
        yield page.document[next(iter(found.values()))]


def expect(page: Page, target: Element) -> Result:
    document = page.document
    text = " ".join(block.text for block in text_blocks(document))
    told = {name for name in _abbreviations(document) if _is_told(document, name, text)}
    untold = [name for name in _abbreviations(document) if name not in told]
    if not untold:
        return passed(abbreviations=sorted(told))
    listed = ", ".join(f"“{name}”" for name in untold[:6])
    return ask(
        f"Do all readers of this page know what {listed} {'stands' if len(untold) == 1 else 'stand'} for?",
        "Write the words once, with the abbreviation after them in brackets, or leave the abbreviation out.",
        abbreviations=untold,
    )


def _abbreviations(document: Document) -> dict[str, int]:
    """Abbreviations of the page's own text in order, each with the index of the block where it first stands."""
    found: dict[str, int] = {}
    for block in text_blocks(document):
        known = vocabulary(block.element.lang)
        if (
            known is None
            or not block.element.exposed
            or block.is_code(document)
            or _is_furniture(document, block.element)
        ):
            continue
        if block.text.isupper() or block.element.style.get("text-transform") == "uppercase":
            continue
        prose = "".join(run.text for owner, run in block.runs if not _is_code(document, owner))
        text = _NEIGHBOUR.sub(" ", prose)
        for match in _LETTERS.finditer(text):
            name = match.group(0)
            if not _is_familiar(name, known) and not _POSTAL_CODE.match(text, match.end()):
                found.setdefault(name, block.element.index)
    return found


def _is_code(document: Document, element: Element) -> bool:
    return document.closest(element, lambda each: each.tag in CODE) is not None


def _is_furniture(document: Document, element: Element) -> bool:
    """Menus, headers and footers say in short what their pages say in full."""
    return document.closest(element, lambda each: each.role in {"navigation", "banner", "contentinfo"}) is not None


def _is_familiar(name: str, known: Vocabulary) -> bool:
    bare = name.removesuffix("s")
    return (
        name.casefold() in known.familiar_abbreviations
        or bare.casefold() in known.familiar_abbreviations
        or bool(_ROMAN.fullmatch(name))
    )


def _is_told(document: Document, name: str, text: str) -> bool:
    """Whether the words stand somewhere: in brackets beside it, in ``abbr``, or as words with these initials."""
    # A word that stands there in small letters too is only written loud.
    if re.search(rf"\b{name.casefold()}\b", text):
        return True
    if re.search(rf"\(\s*{name}\b|\b{name}\s*\(", text):
        return True
    if any(document.text(each) == name and each.get("title") for each in document.tags("abbr")):
        return True
    bare = name.removesuffix("s").casefold()
    said = words(text)
    capital = [word[0] for word in said]
    for start in range(len(said) - len(bare) + 1):
        if "".join(capital[start : start + len(bare)]) == bare:
            return True
    # Little words carry no letter: "Accessibility for Ontarians with Disabilities Act".
    long = "".join(word[0] for word in said if word not in either().stop)
    return len(bare) > 2 and bare in long
