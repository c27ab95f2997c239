"""A video may lack captions."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Picture
from audit.documents.wording import cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="A video may lack captions",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.2.2",)),
    fixer=Fixer.DOCUMENT,
    why="People who are deaf cannot follow what is said.",
    since="0.1.0",
    aliases=("document-film-without-captions",),
)


def applies(document: Document) -> Iterator[Picture]:
    """Videos inside the document."""
    yield from (picture for picture in document.pictures if picture.kind == "film")


def expect(document: Document, target: Picture) -> Result:
    """A track is a fact; its absence is a question, since captions can be part of the picture."""
    if target.captions_track:
        return passed()
    return ask(
        f"Does the video “{cut(target.place.quote)}” have captions, if anyone speaks in it?", mend(document, "captions")
    )
