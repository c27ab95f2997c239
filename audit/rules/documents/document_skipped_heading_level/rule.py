"""A heading level is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from audit.documents.mending import mend
from audit.documents.model import Clause, Document, Format, Kind, Passage
from audit.documents.told_clauses import clauses_of, told
from audit.documents.wording import cut, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A heading level is skipped",
    family=Family.DOCUMENTS,
    requirements=Requirements(pdfua=("14-003",)),
    fixer=Fixer.DOCUMENT,
    why="People who jump from heading to heading think that they have missed a section.",
    since="0.1.0",
    best_practice=True,
)

#: The first heading may be of the second level: below the title, which many do not count among the headings.
FIRST = 2


def applies(document: Document) -> Iterator[object]:
    """Headings with a level, and clauses about headings where no level is skipped."""
    found = list(_headings(document))
    yield from found
    if not (found and found[0].level > FIRST) and not any(_jump(before, each) for before, each in pairwise(found)):
        yield from clauses_of(document, "document-skipped-heading-level")


def expect(document: Document, target: object) -> Result:
    """Only going down can skip."""
    if isinstance(target, Clause):
        return told(document, target)
    assert isinstance(target, Passage)
    needs = Requirements(pdfua=("14-003",) if document.format is Format.PDF else ())
    if target is next(_headings(document)) and target.level > FIRST:
        words = f"“{cut(target.text)}” is the first heading, but its level is {target.level}."
        return replace(failed(words, mend(document, "headings"), level=target.level, before=0), requirements=needs)
    for before, each in pairwise(_headings(document)):
        if each is target and _jump(before, each):
            said = failed(
                f"“{cut(each.text)}” is a level {each.level} heading right after a level {before.level} heading.",
                mend(document, "headings"),
                level=each.level,
                before=before.level,
            )
            return replace(said, requirements=needs)
    return passed(level=target.level)


def _headings(document: Document) -> Iterator[Passage]:
    return (each for each in running(document) if each.kind is Kind.HEADING and each.level)


def _jump(before: Passage, each: Passage) -> bool:
    return each.level > before.level + 1
