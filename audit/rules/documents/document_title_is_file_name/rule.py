"""The title is not a real title."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Kind
from audit.documents.wording import NAMES, cut, is_template_title, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="The title is not a real title",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.2",)),
    fixer=Fixer.DOCUMENT,
    why="People hear “Microsoft Word - final2.docx” instead of what the document is about.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """A document with a title."""
    if document.title:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """A title that nobody wrote."""
    title = document.title or ""
    if not is_template_title(title, document.name):
        return passed(title=title)
    first = next(
        (each.text for each in running(document) if each.kind is Kind.HEADING and each.place.page in {None, 1}), ""
    )
    better = f" Its first heading, “{cut(first)}”, may be a better title." if first else ""
    return failed(
        f"The title of this {NAMES[document.format]} is “{cut(title)}”.{better}", mend(document, "title"), title=title
    )
