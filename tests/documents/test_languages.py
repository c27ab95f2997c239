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
