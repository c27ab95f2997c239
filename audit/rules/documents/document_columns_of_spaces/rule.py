"""Columns are made with spaces or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Columns are made with spaces or tabs",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.2",)),
    fixer=Fixer.DOCUMENT,
    why="What looks like columns is read straight across, line by line, so words that do not belong together run into one another.",
    since="0.1.0",
)

_GAP = re.compile(r"\S(?:\t\s*\t|[ \u00a0]{5,})\S|\S\t+\S+.*\t+\S")


def applies(document: Document) -> Iterator[object]:
    """Rows of such lines in a Word file; the document where there is none."""
    if document.format is Format.WORD and document.passages:
        found: list[object] = [*_rows(document)]
        yield from found or [document.whole]


#: Lines with one tab each, from which on they are no label and its words but two columns.
MANY = 4
_PAIR = re.compile(r"^[^\t]*[^\t:\s]\t+[^\t]+$")


def expect(document: Document, target: object) -> Result:
    """A person sees whether the lines are columns."""
    if not isinstance(target, Passage):
        return passed()
    return ask(
        f"Are the lines that start with “{cut(target.text)}” meant to be read as columns?", mend(document, "columns")
    )


def _rows(document: Document) -> list[Passage]:
    """The first passage of each row of lines with gaps, and of each longer row of lines with one tab."""
    return [
        row[0]
        for pattern, least in ((_GAP, 2), (_PAIR, MANY))
        for row in _runs(document, pattern)
        if len(row) >= least and not (pattern is _PAIR and _GAP.search(row[0].text))
    ]


def _runs(document: Document, pattern: re.Pattern[str]) -> Iterator[list[Passage]]:
    """Passages for each line in a row that has the pattern; entries of a table of contents have a style of their own."""
    row: list[Passage] = []
    for passage in document.passages:
        lines = sum(bool(pattern.search(line)) for line in passage.text.split("\n"))
        if lines and passage.kind is Kind.PARAGRAPH and not passage.style.lower().startswith("toc "):
            row += [passage] * lines
        else:
            yield row
            row = []
    yield row
