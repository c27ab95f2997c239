"""A list is typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.forms import is_label
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
    why="People who listen do not learn that there is a list, how long it is, or where each item ends.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """Rows of marked paragraphs; the document where there is none."""
    if document.tagged is False or document.format is Format.EXCEL:
        return
    if any(passage.kind in {Kind.PARAGRAPH, Kind.CELL} for passage in document.passages):
        found: list[object] = [*_rows(document)]
        yield from found or [document.whole]


def expect(document: Document, target: object) -> Result:
    """The row is the fault."""
    if not isinstance(target, Passage):
        return passed()
    return failed(
        f"The lines that start with “{cut(target.text)}” are a list, but their bullets or numbers are typed by hand.",
        mend(document, "list"),
    )


#: Signs that nobody puts at the beginning of a line but to mark an item.
_SIGNS = "•▪◦‣●■➢❖►▶◆✓✔✗✘→➔"
#: A hyphen before it is part of what is typed: “- o <file>”, “-- mode”, as lines of a PDF give them.
_OPTION = r"-|[A-Za-z](?:,|\s+[<=[-])"
_MARK = re.compile(
    rf"^\s*([{_SIGNS}·○□*]|[–—-](?!\s+(?:{_OPTION}))|o(?=\s\s|\t)|\(?(\d{{1,2}}|[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}})[.)])\s+\S"
)
_ROMAN = (
    "",
    *[
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
        "xx",
    ],
)


def _rows(document: Document) -> list[Passage]:
    """The first passage of each row."""
    found: list[Passage] = []
    begun: Passage | None = None
    before, last = "", None
    for passage, line in _lines(document):
        mark = _mark(passage, line)
        if not (mark and before and _follows(before, mark)) or (last and is_label(document, last, passage)):
            begun = passage if mark else None
        elif begun is not None and begun not in found:
            found.append(begun)
        before, last = mark, passage
    return found


def _lines(document: Document) -> Iterator[tuple[Passage, str]]:
    """Lines with their passage; of a PDF, whose lines are not known, also the parts of a passage that is a list in one."""
    for passage in running(document):
        lines = passage.text.split("\n")
        for line in lines if document.format is not Format.PDF else _parts(passage.text):
            yield passage, line


def _parts(text: str) -> list[str]:
    """A text that begins with a mark, and goes on with the same or the next one: cut before each of them."""
    start = _MARK.match(text)
    if start is None:
        return [text]
    if start[2] is None:
        # A hyphen also stands between words: twice more is no chance.
        parts = re.split(rf"\s(?={re.escape(start[1])}\s)", text)
        return parts if len(parts) > 2 or (len(parts) == 2 and start[1] in _SIGNS) else [text]
    if start[2] != "1":
        return [text]
    parts = re.split(r"\s(?=\(?\d{1,2}[.)]\s+[A-Z])", text)
    return parts if len(parts) > 2 else [text]


def _mark(passage: Passage, line: str) -> str:
    """The mark at the beginning of a line; in a cell only signs count, since a column may hold numbers."""
    match = _MARK.match(line)
    # What is set as it is written (``pre``) shows what stands in another file; a table of contents is made by the program.
    if (
        match is None
        or passage.style == "pre"
        or passage.style.lower().startswith("toc ")
        or passage.kind not in {Kind.PARAGRAPH, Kind.CELL}
    ):
        return ""
    mark = match[2] or match[1]
    return mark if passage.kind is Kind.PARAGRAPH or mark in _SIGNS else ""


def _follows(before: str, mark: str) -> bool:
    """Whether two marks are those of one list: the same sign, or a number or letter and the next one."""
    if not (before.isalnum() and mark.isalnum()) or before == mark == "o":
        return before == mark
    if before.isdigit() or mark.isdigit():
        return before.isdigit() and mark.isdigit() and int(mark) == int(before) + 1
    if before.islower() != mark.islower():
        return False
    one, other = before.lower(), mark.lower()
    if one in _ROMAN and other in _ROMAN and _ROMAN.index(other) == _ROMAN.index(one) + 1:
        return True
    return len(one) == len(other) == 1 and ord(other) == ord(one) + 1
