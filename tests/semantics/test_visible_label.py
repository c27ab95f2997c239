"""A visible label in a name, word by word as people speak both."""

from __future__ import annotations

import pytest

from audit.semantics.visible_label import Fit, fit


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Renew", "Renew: The Stone Angel"),
        ("Place  hold…", "place hold"),
        ("Search by date (YYYY-MM-DD)", "Search by date"),
        ("E-books", "Ebooks"),
        ("nonstandard", "non-standard"),
        ("Hours & locations", "Hours and locations"),
        ("L’heure", "L'heure du conte"),
        ("(details)", "Details of the loan"),
    ],
)
def test_it_stands_in_the_name(label: str, name: str) -> None:
    assert fit(label, name) is Fit.WITHIN


@pytest.mark.parametrize(("label", "name"), [("12 Main St.", "12 Main Street"), ("Univ. Ave.", "University Avenue")])
def test_abbreviations_may_be_written_out(label: str, name: str) -> None:
    assert fit(label, name) is Fit.ABBREVIATED


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Renew", "Renewals"),
        ("justice", "just ice"),
        ("Place hold", "Place the hold"),
        ("The full label", "the full"),
        ("705.555.0142", "7 0 5 5 5 5 0 1 4 2"),
        ("2 0 2 6", "two zero two six"),
        ("Search", "Find"),
        ("Main St.", "Main Avenue"),
    ],
)
def test_it_does_not(label: str, name: str) -> None:
    assert fit(label, name) is Fit.NOT_WITHIN


@pytest.mark.parametrize("label", ["X", "…", "×", ""])
def test_a_sign_says_nothing(label: str) -> None:
    assert fit(label, "Close") is Fit.NOTHING_TO_SAY
