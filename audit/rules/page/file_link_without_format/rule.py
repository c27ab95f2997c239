"""A link to a document file does not say which format it is, or how large."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.links import file_ending, links
from audit.semantics.words import indefinite

RULE = Rule(
    title="File link without format or size",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="On an old phone or a slow line a file can take minutes, and open in another program without warning.",
    since="0.1.0",
    best_practice=True,
)
FORMATS = {
    "pdf": r"\bpdf\b",
    "doc": r"\bword\b|\bdocx?\b",
    "docx": r"\bword\b|\bdocx?\b",
    "xls": r"\bexcel\b|\bxlsx?\b|spreadsheet|tableur",
    "xlsx": r"\bexcel\b|\bxlsx?\b|spreadsheet|tableur",
    "ppt": r"powerpoint|\bpptx?\b|slides|diapo",
    "pptx": r"powerpoint|\bpptx?\b|slides|diapo",
    "odt": r"\bodt\b|opendocument",
    "epub": r"\bepub\b",
    "zip": r"\bzip\b",
}
_SIZE = re.compile(r"\d\s*(?:bytes?|octets?|[kmg]i?[bo]\b)", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """Exposed links whose address ends like a document file."""
    for link in links(page.document):
        if file_ending(link) in FORMATS:
            yield link


def expect(page: Page, target: Element) -> Result:
    ending = file_ending(target)
    said = f"{target.name} {_around(page.document, target)}"
    lacks = []
    if not re.search(FORMATS[ending], said, re.IGNORECASE):
        lacks.append(f"that it is {indefinite(ending.upper())} file")
    if not _SIZE.search(said):
        lacks.append("how large it is")
    if not lacks:
        return passed(format=ending)
    return failed(
        f"The link “{target.name.strip()}” does not say {' or '.join(lacks)}.",
        f"Add both to the link text: “{target.name.strip()} ({ending.upper()}, 240 kB)”.",
        format=ending,
    )


def _around(document: Document, link: Element) -> str:
    """What stands beside the link in its line: the format is often told in brackets behind it."""
    parent = document.closest(link, lambda each: each.tag in {"li", "p", "td", "dd", "figcaption", "h2", "h3", "h4"})
    return document.exposed_text(parent) if parent is not None else ""
