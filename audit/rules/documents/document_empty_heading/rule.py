"""A heading is empty."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A heading is empty",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader announces a heading and then says nothing, and the empty heading shows up in its list of headings.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[Passage]:
    """Everything that is announced as a heading."""
    if document.format in {Format.WORD, Format.PDF, Format.EPUB}:
        yield from (
            each for each in document.passages if each.level > 0 and each.kind in {Kind.HEADING, Kind.PARAGRAPH}
        )


def expect(document: Document, target: Passage) -> Result:
    """A heading without words is a blank line in the style of one."""
    if target.text.strip():
        return passed(text=cut(target.text))
    return failed(f"A level {target.level} heading has no text.", mend(document, "emptyheading"), level=target.level)
