"""Headings are only bold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.documents.wording import cut, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="Headings are only bold",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="A screen reader does not list bold lines among the headings, so nobody who listens finds the parts.",
    since="0.1.0",
)

#: Longer lines are emphasis, not headings.
LONGEST = 12


def applies(document: Document) -> Iterator[object]:
    """The document once, if it has paragraphs."""
    if document.format in {Format.POWERPOINT, Format.EXCEL} or document.tagged is False:
        return
    if any(passage.kind is Kind.PARAGRAPH for passage in document.passages):
        found: list[object] = [*_bold(document)]
        yield from found or [document.whole]


def expect(document: Document, target: object) -> Result:
    """One line may be emphasis; several alike are headings."""
    if not isinstance(target, Passage):
        return passed()
    several = len(_bold(document)) > 1
    words = f"“{cut(target.text)}” looks like a heading, but is an ordinary paragraph in bold."
    if several:
        return failed(words, mend(document, "headings"), style=target.style)
    return ask(f"Is “{cut(target.text)}” a heading? It is an ordinary paragraph in bold.", mend(document, "headings"))


def _bold(document: Document) -> list[Passage]:
    passages = running(document)
    return [each for each, after in pairwise(passages) if _is_like_heading(each) and _is_text(after)]


def _is_like_heading(passage: Passage) -> bool:
    text = passage.text.strip()
    return (
        passage.kind is Kind.PARAGRAPH
        and passage.bold
        and 0 < len(text.split()) <= LONGEST
        and "\n" not in text
        and not text.endswith((".", "!", ",", ";", ":"))
        and any(character.isalpha() for character in text)
    )


def _is_text(passage: Passage) -> bool:
    return passage.kind in {Kind.PARAGRAPH, Kind.ITEM} and not passage.bold and len(passage.text.split()) > LONGEST / 2
