"""A page is only a picture."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A page is only a picture",
    family=Family.DOCUMENTS,
    requirements=Requirements(
        wcag=(
            "1.1.1",
            "1.4.5",
        )
    ),
    fixer=Fixer.DOCUMENT,
    why="A screen reader finds nothing on the page; the letters cannot be enlarged without blur, searched or translated.",
    since="0.1.0",
)

#: The share of the page that pictures must cover.
MOSTLY = 0.4


def applies(document: Document) -> Iterator[Part]:
    """The pages of a PDF; of several scanned pages in a row only the first."""
    if document.format is not Format.PDF:
        return
    before = False
    for page in document.parts:
        scanned = _is_scanned(page)
        if not (scanned and before):
            yield page
        before = scanned


def expect(document: Document, target: Part) -> Result:
    """A picture and no word."""
    if not _is_scanned(target):
        return passed()
    number = target.place.page or 1
    last = number
    for page in document.parts[number:]:
        if not _is_scanned(page):
            break
        last += 1
    which = "This page is a picture" if last == number else f"Pages {number} to {last} are pictures"
    return failed(f"{which} without any text.", mend(document, "scan"), pages=last - number + 1)


def _is_scanned(page: Part) -> bool:
    return page.words == 0 and page.pictured >= MOSTLY
