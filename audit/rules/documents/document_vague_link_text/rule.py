"""Link text is vague."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Link
from audit.documents.wording import cut, vocabulary_of
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.links import says_nothing
from audit.semantics.words import has_words

RULE = Rule(
    title="Link text is vague",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("2.4.9",)),
    fixer=Fixer.DOCUMENT,
    why="In a screen reader’s list of links, people hear the link without the sentence around it.",
    since="0.1.0",
)

#: The name of a program or a file, such as doc-check: its parts are no words of a sentence.
_NAME = re.compile(r"\w+(?:[-_./]\w+)+")


def applies(document: Document) -> Iterator[Link]:
    """Links with words, in a language whose words are known."""
    if vocabulary_of(document) is not None:
        yield from (link for link in document.links if link.target and has_words(link.text))


def expect(document: Document, target: Link) -> Result:
    """Fillers only."""
    known = vocabulary_of(document)
    assert known is not None
    if not says_nothing(target.text, known) or _NAME.fullmatch(target.text.strip()):
        return passed(name=target.text)
    return failed(
        f"On its own, “{cut(target.text)}” says nothing about where the link goes ({cut(target.target)}).",
        mend(document, "link"),
        target=target.target,
    )
