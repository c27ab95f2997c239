"""A page is only an image."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Part
from audit.documents.wording import counted
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="A page is only an image",
    family=Family.DOCUMENTS,
    requirements=Requirements(
        wcag=(
            "1.1.1",
            "1.4.5",
        )
    ),
    fixer=Fixer.DOCUMENT,
    why="A screen reader finds nothing on the page, and the words cannot be searched, translated or enlarged without blur.",
    since="0.1.0",
)

#: The share of the page that pictures must cover.
MOSTLY = 0.4
#: The share from which on a few words are a stamp on a picture, and how many they may be.
WHOLLY, FEW = 0.9, 12


def applies(document: Document) -> Iterator[Part]:
    """The pages of a PDF and the chapters of a book; of several alike in a row only the first."""
    if document.format not in {Format.PDF, Format.EPUB}:
        return
    before = ""
    for page in document.parts:
        looks = _looks(document, page)
        if not (looks and looks == before):
            yield page
        before = looks


def expect(document: Document, target: Part) -> Result:
    """A picture and no word is a fact; whether there are words in a picture that covers a page, a person sees."""
    looks = _looks(document, target)
    if not looks:
        return passed()
    number = last = target.place.page or 1
    for page in document.parts[number:]:
        if _looks(document, page) != looks:
            break
        last += 1
    noun, pages = "chapter" if document.format is Format.EPUB else "page", last - number + 1
    which = f"{noun.capitalize()}s {number} to {last} are pictures" if pages > 1 else f"This {noun} is a picture"
    if looks == _SCANNED:
        return failed(f"{which} without any text.", mend(document, "scan"), pages=pages)
    words = sum(page.words for page in document.parts[number - 1 : last])
    beside = f"with {counted(words, 'word', 'words')} of text" if words else "without any text"
    return ask(
        f"{which} {beside}. {'Do they' if pages > 1 else 'Does it'} show words that nobody can select or listen to?",
        mend(document, "scan"),
        pages=pages,
    )


_SCANNED, _COVERED = "scanned", "covered"


def _looks(document: Document, page: Part) -> str:
    """What a page is; ``""`` for a page of text. One page in a picture among pages of text is a cover."""
    if page.words == 0 and page.pictured >= MOSTLY and document.format is Format.PDF:
        return _SCANNED
    if not _is_covered(page):
        return ""
    number = page.place.page or 1
    beside = [document.parts[at] for at in (number - 2, number) if 0 <= at < len(document.parts)]
    return "" if any(each.words > FEW for each in beside) and not any(map(_is_covered, beside)) else _COVERED


def _is_covered(page: Part) -> bool:
    return page.words <= FEW and page.pictured >= WHOLLY
