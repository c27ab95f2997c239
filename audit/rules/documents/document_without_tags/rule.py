"""A PDF has no tags."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Clause, Document
from audit.documents.told_clauses import clauses_of, is_pdf, told
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A PDF has no tags",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.3.1",), pdfua=("clause 7.1",)),
    fixer=Fixer.DOCUMENT,
    why="Nothing is announced as a heading, list, table or picture, and the reading order is left to chance.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """The PDF as a whole, and clauses about tags where it has some."""
    if is_pdf(document):
        yield document.whole
        if document.tagged:
            yield from clauses_of(document, "document-without-tags")


def expect(document: Document, target: object) -> Result:
    """Without a tree there is nothing to announce."""
    if isinstance(target, Clause):
        return told(document, target)
    if document.tagged or not document.words:
        # A scan without a word has nothing to tag: that is told by itself.
        return passed(tagged=document.tagged)
    return failed(
        "The PDF has no tags: nothing in it is announced as a heading, list, table or picture.", mend(document, "tags")
    )
