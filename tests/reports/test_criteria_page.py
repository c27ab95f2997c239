"""``docs/criteria.md`` says what the rules there are do test."""

from __future__ import annotations

from audit.reports.criteria_page import PAGE, text, untold


def test_the_page_is_what_the_rules_say() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == text() + "\n", "run: python -m audit.reports.criteria_page"


def test_each_criterion_says_what_is_left() -> None:
    assert list(untold()) == []


def test_every_criterion_of_levels_a_and_aa_stands_in_the_page() -> None:
    rows = [line for line in text().splitlines() if line.startswith("| [")]
    assert len(rows) == 55
