"""Attached files were not checked."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import counted, cut
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed

RULE = Rule(
    title="Attached files were not checked",
    family=Family.DOCUMENTS,
    requirements=Requirements(),
    fixer=Fixer.DOCUMENT,
    why="Phones and many programs cannot open a file inside a file, and the inner file may not be accessible.",
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
        f"{counted(len(names), 'file', 'files')} inside this one could not be checked: {cut(', '.join(names))}. Can people"
        f" also get {'it' if len(names) == 1 else 'them'} as a web page or a separate file?",
        mend(document, "inside"),
        inside=names,
    )
