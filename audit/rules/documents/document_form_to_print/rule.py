"""A form works only on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A form works only on paper",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="People who cannot write by hand, or cannot see the lines, need someone else to fill in the form for them.",
    since="0.1.0",
    best_practice=True,
)


#: So many lines to write on make a form; one is a place for a signature.
LEAST = 2
_TO_WRITE_ON = re.compile(r"(?:_\s?){5,}|(?:\.\s?){12,}+(?!\s*\d)|(?:…\s?){4,}+(?!\s*\d)")


def applies(document: Document) -> Iterator[object]:
    """Files that people may fill in, and that have no field."""
    if document.format in {Format.PDF, Format.WORD} and not document.fields and document.passages:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Lines to write on; whether there is another way to fill in the form, a person must say."""
    led = _led(document)
    found = [each for each in document.passages if _is_to_fill_in(each) and _label(each) not in led]
    lines = sum(len(_TO_WRITE_ON.findall(each.text)) for each in found)
    if lines < LEAST:
        return passed()
    return ask(
        f"There are {lines} lines to fill in by hand, such as “{cut(_label(found[0]), 60)}”. Is there also a form that can be"
        " filled in on a screen?",
        mend(document, "fillable"),
        lines=lines,
    )


def _is_to_fill_in(passage: Passage) -> bool:
    return (
        passage.kind is not Kind.ARTIFACT
        and _TO_WRITE_ON.search(passage.text) is not None
        and any(each.isalpha() for each in passage.text)
    )


def _led(document: Document) -> frozenset[str]:
    """The words of cells whose dots lead the eye to the numbers in the cells beside them."""
    return frozenset(
        _words(cell.text)
        for table in document.tables
        for row in table.rows
        for cell in row
        if _TO_WRITE_ON.search(cell.text) and any(other.text.strip() for other in row if other is not cell)
    )


def _label(passage: Passage) -> str:
    """The words beside a line."""
    return _words(passage.text)


def _words(text: str) -> str:
    return " ".join(_TO_WRITE_ON.sub(" ", text).split())
