"""A list is typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Kind, Passage
from audit.documents.wording import cut, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A list is typed by hand",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",)),
    fixer=Fixer.DOCUMENT,
    why="Nobody who listens learns that there is a list, how long it is, or where an item ends.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """Rows of marked paragraphs; the document where there is none."""
    if document.tagged is False or document.format is Format.EXCEL:
        return
    if any(passage.kind is Kind.PARAGRAPH for passage in document.passages):
        found: list[object] = [*_rows(document)]
        yield from found or [document.whole]


def expect(document: Document, target: object) -> Result:
    """The row is the fault."""
    if not isinstance(target, Passage):
        return passed()
    return failed(f"The lines from “{cut(target.text)}” on are a list, but are marked by hand.", mend(document, "list"))


_MARK = re.compile(r"^\s*([•▪◦‣·●○■□➢❖–—*-]|o(?=\s\s)|\(?(\d{1,2}|[a-z])[.)])\s+\S")


def _rows(document: Document) -> list[Passage]:
    """The first passage of each row."""
    found: list[Passage] = []
    begun: Passage | None = None
    length, before, expected = 0, "", ""
    for passage, line in _lines(document):
        match = _MARK.match(line) if passage.kind is Kind.PARAGRAPH else None
        mark = match[2] or match[1] if match else ""
        goes_on = bool(mark) and (mark == (expected or before) if (expected or before) else False)
        if not goes_on:
            begun, length = (passage, 1) if mark else (None, 0)
        else:
            length += 1
            if length == 2 and begun is not None and begun not in found:
                found.append(begun)
        before, expected = mark, _next(mark)
    return found


def _lines(document: Document) -> Iterator[tuple[Passage, str]]:
    for passage in running(document):
        for line in passage.text.split("\n"):
            yield passage, line


def _next(mark: str) -> str:
    """What must follow a number or letter for both to be in one list; nothing after other marks."""
    if mark.isdigit():
        return str(int(mark) + 1)
    return chr(ord(mark) + 1) if len(mark) == 1 and "a" <= mark < "z" and mark != "o" else ""
