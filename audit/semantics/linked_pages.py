"""What is known of the pages that links lead to, and what rules have asked of it.

Every question goes through here and is noted, so that what was said of a page is kept until an answer changes,
and not thrown away with every word that changes on a page that it links to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from audit.model.destination import destination
from audit.model.document import Element
from audit.model.observations import LinkEnd
from audit.model.page import Page
from audit.semantics.words import words


@dataclass
class Questions:
    """What was asked: the addresses whose ends were looked at, and the blocks that were looked for."""

    ends: set[str] = field(default_factory=set)
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


def end_of(page: Page, address: str) -> LinkEnd | None:
    """What stands at an address (:func:`audit.capture.destinations.ends`); ``None``: it was not read."""
    address = urldefrag(address).url
    end = page.observed.link_ends.get(address)
    if end is not None and (questions := _NOTED.get()) is not None:
        questions.ends.add(address)
    return end


def spoken(block: str) -> str:
    """A block of text as blocks are compared."""
    return " ".join(words(block))


def repeated_blocks(page: Page, texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts, as :func:`spoken` gives them, that are a block of a linked page as well."""
    asked = frozenset(texts) - {""}
    if (questions := _NOTED.get()) is not None:
        questions.blocks |= asked
    return asked & blocks_of(page.observed.link_ends.values())


def is_heading_elsewhere(page: Page, text: str) -> bool:
    """Whether a page that this one links to has a heading of these words."""
    asked = spoken(text)
    own = urldefrag(page.url).url
    for address in page.observed.link_ends:
        end = end_of(page, address) if address != own else None
        if end is not None and any(spoken(heading) == asked for heading in end.headings):
            return True
    return False


def blocks_of(ends: Iterable[LinkEnd]) -> frozenset[str]:
    """The blocks of linked pages."""
    return frozenset(spoken(block) for end in ends for block in end.blocks) - {""}


def linked_text(page: Page, around: Element) -> tuple[str, tuple[str, ...]]:
    """Text and headings of the pages that the links in an element lead to, as far as they were read."""
    texts: list[str] = []
    headings: list[str] = []
    for link in page.document.descendants(around):
        address = destination(link, page.url) if link.role == "link" else None
        end = end_of(page, address) if address else None
        if end is not None:
            texts.append(f"{end.title} {end.text}")
            headings.extend(end.headings)
    return " ".join(texts), tuple(headings)
