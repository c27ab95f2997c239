"""A sheet has a default name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A sheet has a default name",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.6",)),
    fixer=Fixer.DOCUMENT,
    why="People who listen hear “Sheet 1, Sheet 2, Sheet 3”, and must open each one to find out what is on it.",
    since="0.1.0",
)

_GIVEN = re.compile(r"(?:sheet|feuil|feuille|tabelle|hoja|planilha|foglio|blad)\s*\d*", re.IGNORECASE)


def applies(document: Document) -> Iterator[Part]:
    """The sheets that are shown and hold something, if there are several."""
    if document.format is Format.EXCEL:
        shown = [part for part in document.parts if not part.hidden and (part.words or len(document.parts) == 1)]
        if len(shown) > 1:
            yield from shown


def expect(document: Document, target: Part) -> Result:
    """A name by the program."""
    if not _GIVEN.fullmatch((target.title or "").strip()):
        return passed(name=target.title)
    return failed(f"The sheet is called “{target.title}”.", mend(document, "sheetname"))
