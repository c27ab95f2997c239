"""A picture floats beside the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.documents.mending import mend
from audit.documents.model import Document, Format, Picture, Place
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A picture floats beside the text",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="A screen reader may reach a floating picture in the wrong place, or not at all.",
    since="0.1.0",
    aliases=("document-picture-beside-text",),
    best_practice=True,
)


def applies(document: Document) -> Iterator[Picture | Place]:
    """Pictures in a Word file that say something, and text boxes that float."""
    if document.format is Format.WORD:
        yield from (picture for picture in document.pictures if not picture.decorative)
        boxes = document.facts.get("floating_boxes")
        for where, page, words in boxes if isinstance(boxes, list | tuple) else ():
            yield Place(str(where), page if isinstance(page, int) else None, None, str(words))


def expect(document: Document, target: Picture | Place) -> Result:
    """Floating or in line."""
    if isinstance(target, Place):
        said = f"The text box that begins with “{cut(target.quote, 60)}” is not in line with the text."
        return replace(failed(said, mend(document, "inline")), title="A text box floats beside the text")
    if not target.floating:
        return passed()
    return failed(
        f"The {target.kind} “{cut(target.place.quote)}” is not in line with the text.", mend(document, "inline")
    )
