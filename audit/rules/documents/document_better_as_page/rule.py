"""Would a page be better, a person must say."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Would a web page be better?",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="On a phone, a file must be downloaded, opened in another app and scrolled sideways; a web page fits any screen.",
    since="0.1.0",
    best_practice=True,
)

#: Longer ones may be meant to be read as a whole.
PAGES = 6
LEAST = 40


def applies(document: Document) -> Iterator[object]:
    """Short running text that pages link to."""
    if (
        document.format in {Format.PDF, Format.WORD}
        and document.record.linked_from
        and not document.fields
        and document.pages <= PAGES
        and document.words >= LEAST
    ):
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Named pages are believed."""
    if document.record.page:
        return passed(page=document.record.page)
    return ask(
        f"What this file says ({counted(document.words, 'word', 'words')} on {counted(document.pages, 'page', 'pages')}) is nowhere else on"
        " the site. Would it be better as a web page?",
        mend(document, "page"),
    )
