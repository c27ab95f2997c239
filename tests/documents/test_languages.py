"""Documents in two languages."""

from __future__ import annotations

import pytest

from audit.documents.model import Document, Format, Kind, Passage, Place
from audit.examination.examination import examine_document
from audit.model.finding import Outcome
from audit.rules import load

ENGLISH = "The reading room opens at ten in the morning on weekdays, and the staff at the desk can help you."
FRENCH = (
    "La salle de lecture ouvre tous les jours et le personnel peut vous aider à trouver des livres et des journaux."
)


@pytest.mark.parametrize(("texts", "told"), [((ENGLISH, FRENCH), 1), ((ENGLISH, ENGLISH), 0)])
def test_a_document_that_is_half_in_another_language_is_told_by_its_passage(texts: tuple[str, ...], told: int) -> None:
    passages = tuple(Passage(Place(f"page {number}"), Kind.PARAGRAPH, text) for number, text in enumerate(texts))
    document = Document(Format.PDF, language="en-CA", passages=passages, words=40, tagged=True)
    examined = examine_document(document, [load()["document-passage-language-mismatch"]])
    assert sum(each.outcome is Outcome.FAILED for each in examined.outcomes) == told


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [
        (
            (
                "Field-one1 abcdefghi",
                "Field-one2 abcd efgh",
                "Field-one3 abcd",
                "efg",
                "Field-one4 abcdefg hijk",
                "hijk",
                "Plain-two1 abcdefg",
                "Plain-two2 abcdefg hijk lmnop",
                "Cell2: field_incell2 abcdefg",
            ),
            Outcome.CANT_TELL,
        ),
        (("La bibliothèque ouvre à neuf heures et ferme à midi.",), Outcome.FAILED),
    ],
)
def test_made_up_words_are_in_no_language_for_sure(texts: tuple[str, ...], outcome: Outcome) -> None:
    passages = tuple(Passage(Place(f"paragraph {number}"), Kind.PARAGRAPH, text) for number, text in enumerate(texts))
    document = Document(Format.WORD, language="en-US", passages=passages, words=12)
    [told] = examine_document(document, [load()["document-language-mismatch"]]).outcomes
    assert told.outcome is outcome


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("are typeset in the book “Lexique des règles typographiques en usage à l’Imprimerie", 0),
        (f"{FRENCH} On y lit « The Maple Post ».", 1),
        (f"“{FRENCH}”", 1),
    ],
)
def test_a_quotation_is_not_the_language_of_the_passage(text: str, told: int) -> None:
    passages = (Passage(Place("page 1"), Kind.PARAGRAPH, text), Passage(Place("page 2"), Kind.PARAGRAPH, ENGLISH))
    document = Document(Format.PDF, language="en-CA", passages=passages, words=40, tagged=True)
    examined = examine_document(document, [load()["document-passage-language-mismatch"]])
    assert sum(each.outcome is Outcome.FAILED for each in examined.outcomes) == told
