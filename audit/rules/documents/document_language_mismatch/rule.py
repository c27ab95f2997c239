"""The document’s language is set wrong."""

from __future__ import annotations

from collections.abc import Iterator

from audit.documents.mending import mend
from audit.documents.model import Document, Format
from audit.documents.wording import NAMES, cut, language_of, running
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.language.detect import Judgement, Match, has_little_words, judge, known, little_words
from audit.semantics.language.voting import judged_together
from audit.semantics.vocabulary import primary

RULE = Rule(
    title="The document’s language is set wrong",
    family=Family.DOCUMENTS,
    requirements=Requirements(wcag=("3.1.1",)),
    fixer=Fixer.DOCUMENT,
    why="Screen readers pronounce the text as if it were in the wrong language, and braille comes out in the wrong code.",
    since="0.1.0",
)


def applies(document: Document) -> Iterator[object]:
    """A document that declares a language which can be told from others, and has running text.

    That of a workbook is a note that no program speaks by.
    """
    if document.format is not Format.EXCEL and known(document.language) and _texts(document):
        yield document.whole


def expect(document: Document, target: object) -> Result:
    """Long passages vote with their letters."""
    declared = document.language or ""
    texts = _texts(document)
    judgement = judged_together(texts, declared)
    sample = cut(next((text for text in texts if judge(text, declared).match in AGAINST), texts[0]))
    if judgement.match is Match.OTHER and not _is_guess(texts, judgement, declared):
        return failed(
            f"The language of the {NAMES[document.format]} is set to “{declared}”, but the text is in {judgement.name}: “{sample}”.",
            mend(document, "language"),
            declared=declared,
            detected=judgement.language,
        )
    if judgement.match in AGAINST:
        return ask(
            f"The language of the {NAMES[document.format]} is set to “{declared}”. Is “{sample}” in {judgement.name}?",
            mend(document, "language"),
            declared=declared,
            detected=judgement.language,
        )
    return passed(declared=declared)


AGAINST = {Match.OTHER, Match.MAYBE_OTHER}


#: So few words are in a language for sure only where one of its little words stands among them.
FEW = 24


def _is_guess(texts: tuple[str, ...], judgement: Judgement, declared: str) -> bool:
    """Whether only the letters of a few words speak for a language: those of labels and made-up words do as well."""
    said = " ".join(texts)
    return (
        len(said.split()) < FEW
        and has_little_words(judgement.language)
        and not little_words(said, judgement.language, declared)[0]
    )


def _texts(document: Document) -> tuple[str, ...]:
    """The different texts that are in the document's own language as far as it says."""
    own = primary(document.language)
    found = (passage.text for passage in running(document) if primary(language_of(document, passage)) == own)
    return tuple(dict.fromkeys(found))
