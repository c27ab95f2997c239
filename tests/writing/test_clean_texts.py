"""No rule about writing states a fault on texts that only look like one."""

from __future__ import annotations

import pytest

from audit.model.finding import Outcome
from benchmarks.writing.__main__ import Text, said, texts

TEXTS = tuple(texts())


def test_there_are_enough_of_them_in_both_languages() -> None:
    assert len(TEXTS) >= 200
    assert sum(text.source.lang == "fr" for text in TEXTS) >= 40
    assert len({text.source.text for text in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_nothing_is_stated(text: Text) -> None:
    stated = [(outcome.rule, outcome.message) for outcome in said(text) if outcome.outcome is Outcome.FAILED]
    assert stated == []
