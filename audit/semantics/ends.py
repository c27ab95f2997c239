"""What is known of the pages that links lead to, and what rules have asked of it.

Every question goes through here and is noted, so that what was said of a page is kept until an answer changes,
and not thrown away with every word that changes on a page that it links to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from audit.model.document import Element
from audit.model.ends import destination
from audit.model.finding import Json
from audit.model.page import Page
from audit.semantics.words import words


@dataclass
class Questions:
    """What was asked: the addresses of which facts were looked at, and the blocks that were looked for."""

    facts: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)


_NOTED: ContextVar[Questions | None] = ContextVar("questions", default=None)


@contextmanager
def noted() -> Iterator[Questions]:
    """Note what is asked meanwhile."""
    questions = Questions()
    token = _NOTED.set(questions)
    try:
        yield questions
    finally:
        _NOTED.reset(token)


def end_of(page: Page, address: str) -> dict[str, Json] | None:
    """The fact of an address (:func:`audit.capture.ends.ends`); ``None``: it was not read."""
    address = urldefrag(address).url
    linked = page.facts.get("linked")
    fact = linked.get(address) if isinstance(linked, dict) else None
    if not isinstance(fact, dict):
        return None
    if (questions := _NOTED.get()) is not None:
        questions.facts.add(address)
    return fact


def spoken(block: str) -> str:
    """A block of text as blocks are compared."""
    return " ".join(words(block))


def repeated_blocks(page: Page, texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts, as :func:`spoken` gives them, that are a block of a linked page as well."""
    asked = frozenset(texts) - {""}
    if (questions := _NOTED.get()) is not None:
        questions.blocks |= asked
    linked = page.facts.get("linked")
    return asked & blocks_of(linked.values() if isinstance(linked, Mapping) else ())


def blocks_of(facts: Iterable[Json]) -> frozenset[str]:
    """The blocks of linked pages."""
    found: set[str] = set()
    for fact in facts:
        blocks = fact.get("blocks") if isinstance(fact, Mapping) else None
        if isinstance(blocks, (list, tuple)):
            found.update(spoken(str(block)) for block in blocks)
    return frozenset(found) - {""}


def linked_text(page: Page, around: Element) -> tuple[str, tuple[str, ...]]:
    """Text and headings of the pages that the links in an element lead to, as far as they were read."""
    texts: list[str] = []
    headings: list[str] = []
    for link in page.document.descendants(around):
        end = destination(link, page.url) if link.role == "link" else None
        fact = end_of(page, end) if end else None
        if fact is not None:
            texts.append(f"{fact['title']} {fact['text']}")
            found = fact["headings"]
            headings.extend(map(str, found if isinstance(found, (list, tuple)) else ()))
    return " ".join(texts), tuple(headings)
