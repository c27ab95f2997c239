"""Tracked changes or comments are left."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Tracked changes or comments are left",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader reads out each change and comment along with the text, and what was meant for colleagues becomes public.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """Files in which programs keep such things."""
    if document.format in {Format.WORD, Format.POWERPOINT}:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """What is counted is in the file."""
    changes, comments = (_number(document, name) for name in ("changes", "comments"))
    left = [counted(changes, "tracked change", "tracked changes")] if changes else []
    left += [counted(comments, "comment", "comments")] if comments else []
    if not left:
        return passed()
    return failed(
        f"The file still contains {' and '.join(left)}.", mend(document, "changes"), changes=changes, comments=comments
    )


def _number(document: Document, name: str) -> int:
    found = document.facts.get(name)
    return found if isinstance(found, int) else 0
