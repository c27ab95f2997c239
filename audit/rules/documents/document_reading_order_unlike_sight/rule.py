"""Is this read in the right order, a person must say."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Swap
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Is this read in the right order?",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.DOCUMENT,
    why="People who listen may hear the answer before the question, or the end before the beginning.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """The places where order and sight part; the document where there is none."""
    if document.tagged or document.format is Format.POWERPOINT:
        found: list[object] = [*document.swaps]
        yield from found or [document.whole]


def expect(document: Document, target: object) -> Result:
    """A person sees which order is meant."""
    if not isinstance(target, Swap):
        return passed()
    return ask(
        f"“{cut(target.then, 60)}” is read after “{cut(target.first, 60)}”, but is above it on the page. Is that the right order?",
        mend(document, "order"),
    )
