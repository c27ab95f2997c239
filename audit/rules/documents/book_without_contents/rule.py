"""A book has no table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.words import counted

RULE = Rule(
    title="A book has no table of contents",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.5",)),
    fixer=Fixer.DOCUMENT,
    why="Nobody can jump to a chapter; people who listen must start from the beginning.",
    since="0.1.0",
)

#: Lost files that are named.
MOST = 3
#: What the rule speaks of beside the contents: marks of the pages of a printed book.
MARKS = "page_marks"


def applies(document: Document) -> Iterator[object]:
    """A book of several chapters, and the marks of printed pages in a book."""
    if document.format is Format.EPUB and document.pages > 1:
        yield document.whole
    if document.format is Format.EPUB and document.facts.get(MARKS):
        yield MARKS


def expect(document: Document, target: object) -> Result:
    """Either kind will do, if what it leads to is there."""
    if target == MARKS:
        return _list_of_pages(document)
    lost = document.facts.get("contents_lead_nowhere")
    if isinstance(lost, list | tuple) and lost:
        names = ", ".join(f"“{each}”" for each in lost[:MOST])
        more = f" and {len(lost) - MOST} more" if len(lost) > MOST else ""
        broken = failed(
            f"The table of contents leads to {names}{more}, which {'is' if len(lost) == 1 else 'are'} not in the book.",
            mend(document, "booknav"),
        )
        return replace(broken, title="The table of contents leads nowhere")
    if document.facts.get("navigation") or document.facts.get("old_navigation"):
        return passed()
    return failed(
        f"The book has {counted(document.pages, 'chapter', 'chapters')}, but no table of contents.",
        mend(document, "booknav"),
    )


def _list_of_pages(document: Document) -> Result:
    """Who is told a page in class finds it by the list (EPUB Accessibility 1.1, page navigation)."""
    marks = document.facts.get(MARKS)
    if document.facts.get("page_list") or not isinstance(marks, int):
        return passed()
    said = f"{counted(marks, 'printed page is', 'printed pages are')} marked in the book, but there is no page list to jump to them."
    return replace(
        failed(said, mend(document, "pagelist")),
        title="Printed pages without a page list",
        requirements=Requirements(),
    )
