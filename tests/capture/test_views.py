"""What is looked at, and what not, under the conditions of only some visitors."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest

import audit.capture.views as module
from audit.capture.views import Views
from audit.model.document import Document, Element
from audit.model.finding import Condition
from audit.model.page import AxeResult
from audit.semantics.backdrops import Text
from tests.audit.making import axe_result, document, element


class Axe:
    """Finds two things wrong with the heading."""

    def run_within(self, seen: Document, elements: Iterable[Element], *_: object, **__: object) -> list[AxeResult]:
        wanted = [each.node for each in elements]
        return [axe_result(rule, node) for node in wanted for rule in ("color-contrast", "empty-heading")]

    def run_on_whole(self, seen: Document, rules: Iterable[str]) -> list[AxeResult]:
        return []


@pytest.mark.parametrize(
    ("condition", "rules", "looked"),
    [(Condition.FORCED, {"empty-heading"}, False), (Condition.DARK, {"color-contrast", "empty-heading"}, True)],
)
def test_in_colours_of_ones_own_nothing_is_said_of_the_pages(
    monkeypatch: pytest.MonkeyPatch, condition: Condition, rules: set[str], looked: bool
) -> None:
    line = (element(0, "html"), element(1, "body", 0))
    seen = document((*line, element(2, "h1", 1, "Hours today", "heading")), condition)
    behind: list[Text] = []

    def look(_page: object, _document: Document, texts: Iterable[Text]) -> tuple[()]:
        behind.extend(texts)
        return ()

    monkeypatch.setattr(module, "undecided_texts", lambda each: [Text(each[2], "Hours today", (), 1.0, True)])
    monkeypatch.setattr(module, "backdrops", look)
    page: Any = SimpleNamespace(channel=SimpleNamespace(evaluate=lambda _: True), settings=SimpleNamespace(own=True))
    views = Views(page, document((*line, element(2, "h1", 1, "Hours", "heading"))), Axe(), {})  # type: ignore[arg-type]
    views.compare(seen, condition.value)
    (view,) = views.found
    assert {each.rule for each in view.axe} == rules
    assert bool(behind) is looked
