"""The alternative text describes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Picture
from audit.documents.wording import cut, is_made_by_program, says_nothing_of_picture
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed

RULE = Rule(
    title="The alternative text describes nothing",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.DOCUMENT,
    why="People who cannot see the picture hear a file name or just “image”, and nothing about what it shows.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[Picture]:
    """Pictures with an alternative."""
    yield from (picture for picture in document.pictures if picture.alternative and not picture.decorative)


def expect(document: Document, target: Picture) -> Result:
    """File names and empty words are facts; what a program made up is a question."""
    said = target.alternative or ""
    if says_nothing_of_picture(said, target.file):
        return failed(
            f"The alternative text of this {target.kind} is only “{cut(said)}”.",
            mend(document, "alternative"),
            alternative=said,
        )
    if is_made_by_program(said):
        return ask(
            f"A program wrote the alternative text “{cut(said)}”. Does it say what the {target.kind} shows and why it is there?",
            mend(document, "alternative"),
            alternative=said,
        )
    return passed(alternative=said)
