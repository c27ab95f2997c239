"""A link has no text."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Link
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import has_words

RULE = Rule(
    title="A link has no text",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.4",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader says only “link”, or spells out the address.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Link]:
    """Links that lead out of the document."""
    yield from (link for link in document.links if link.target)


def expect(document: Document, target: Link) -> Result:
    """Words, or the alternative of a picture."""
    if has_words(target.text):
        return passed(name=target.text)
    return failed(f"A link to {cut(target.target)} has no text.", mend(document, "link"), target=target.target)
