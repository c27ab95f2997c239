"""A passage is in another language."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Passage
from audit.documents.wording import cut, language_of, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.language.detect import Match, judge, known

RULE = Rule(
    title="A passage is in another language",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("3.1.2",)),
    fixer=Fixer.DOCUMENT,
    why="The passage is spoken with the sounds of the wrong language, and cannot be understood.",
    since="0.1.0",
)

#: Fewer words may be a quotation, a title or a name.
LEAST = 12


def applies(document: Document) -> Iterator[Passage]:
    """Passages that are long enough to be judged, if most are in the declared language."""
    long = [
        each for each in running(document) if len(each.text.split()) >= LEAST and known(language_of(document, each))
    ]
    against = [each for each in long if _match(document, each) is Match.OTHER]
    # Where most of it is in another language, the document declares the wrong one: that is told once.
    if sum(len(each.text) for each in against) * 2 < sum(len(each.text) for each in long):
        yield from long


def expect(document: Document, target: Passage) -> Result:
    """Only what is sure is said."""
    if _match(document, target) is not Match.OTHER:
        return passed()
    found = judge(target.text, language_of(document, target))
    return failed(
        f"“{cut(target.text)}” is {found.name}, but is marked as “{language_of(document, target)}”.",
        mend(document, "passage"),
        detected=found.language,
    )


def _match(document: Document, passage: Passage) -> Match:
    return judge(passage.text, language_of(document, passage)).match
