"""Files inside the file are not checked."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Files inside the file are not checked",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="Phones and many programs do not open a file inside a file, and what is in it may shut people out.",
    since="0.1.0",
    best_practice=True,
)


def applies(document: Document) -> Iterator[object]:
    """Every file that can hold others."""
    if document.format is not Format.EPUB:
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Each is named: nothing that was not looked at counts as good."""
    found = document.facts.get("inside")
    names = [str(each) for each in found] if isinstance(found, list | tuple) else []
    if not names:
        return passed()
    return ask(
        f"{counted(len(names), 'file', 'files')} inside this one could not be checked: {cut(', '.join(names))}. Is what"
        f" {'it says' if len(names) == 1 else 'they say'} also on a page, or in a file of its own?",
        mend(document, "inside"),
        inside=names,
    )
