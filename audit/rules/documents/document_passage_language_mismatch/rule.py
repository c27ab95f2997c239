"""A passage is in another language."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Passage
from audit.documents.wording import cut, language_of, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.language.detect import Match, judge, known
from audit.semantics.language.voting import judged_together
from audit.semantics.vocabulary import primary

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
    """Passages that are long enough to be judged, unless the whole declares the wrong language: that is told once."""
    long = [
        each for each in running(document) if len(each.text.split()) >= LEAST and known(language_of(document, each))
    ]
    against = [each for each in long if _match(document, each) is Match.OTHER]
    most = sum(len(each.text) for each in against) * 2 >= sum(len(each.text) for each in long)
    # A document in two languages may be half in each, and then only its passages can be told.
    if not most or (len(against) < len(long) and not _is_told_of_the_whole(document)):
        yield from long


def _is_told_of_the_whole(document: Document) -> bool:
    """Whether the document, all in all, is in another language than it declares, or may be."""
    declared = document.language
    own = [each.text for each in running(document) if primary(language_of(document, each)) == primary(declared)]
    return not declared or judged_together(tuple(dict.fromkeys(own)), declared).match in {
        Match.OTHER,
        Match.MAYBE_OTHER,
    }


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
    found = judge(passage.text, language_of(document, passage))
    # A listing has signs and numbers enough, and few words.
    return found.match if found.words >= LEAST else Match.SAME
