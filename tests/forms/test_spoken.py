"""Answers as people say them."""

from __future__ import annotations

import datetime as dt

import pytest

from library_frontmatter.spoken import choice, day, moment, recurrence
from library_schemas.activity import KINDS
from library_schemas.parts import AUDIENCES

THE_DAY = dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("typed", "meant"), [("kids", "children"), ("Children", "children"), ("teenagers", "teens"), ("adult", "adults")]
)
def test_other_words_for_an_audience(typed: str, meant: str) -> None:
    assert choice(typed, AUDIENCES) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("crafts", "arts and crafts"), ("movie", "film"), ("tech", None), ("", None)]
)
def test_a_word_of_a_choice(typed: str, meant: str | None) -> None:
    assert choice(typed, KINDS) == meant


@pytest.mark.parametrize("typed", ["2026-12-03", "December 3, 2026", "Dec 3 2026", "3 December 2026", "Dec. 3rd, 2026"])
def test_days(typed: str) -> None:
    assert day(typed) == THE_DAY


@pytest.mark.parametrize("typed", ["12/03/2026", "31 June 2026", "soon", "", "2026-13-01"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert day(typed) is None


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("4pm", 16, 0), ("4:30 pm", 16, 30), ("16:00", 16, 0), ("noon", 12, 0), ("12 am", 0, 0), ("10.15 a.m.", 10, 15)],
)
def test_a_time_alone_is_on_the_day_of_the_thing(typed: str, hour: int, minute: int) -> None:
    assert moment(typed, THE_DAY) == dt.datetime(2026, 12, 3, hour, minute)  # noqa: DTZ001
    assert moment(typed) is None
    assert moment(f"December 3, 2026 at {typed}") == dt.datetime(2026, 12, 3, hour, minute)  # noqa: DTZ001
    assert moment(f"2026-12-03 {typed}") == dt.datetime(2026, 12, 3, hour, minute)  # noqa: DTZ001


@pytest.mark.parametrize("typed", ["4", "25:00", "13pm", "4:75", "later", "2026-12-03"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert moment(typed, THE_DAY) is None


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("weekly", "every: week, until: …"),
        ("Tuesdays and Thursdays until May 4, 2027", "every: week, days: [tuesday, thursday], until: 2027-05-04"),
        ("every second Tuesday", "every: week, interval: 2, days: [tuesday], until: …"),
        ("Mondays for 8 weeks", "every: week, days: [monday], count: 8"),
        ("last Friday of every month", "every: month, days: [friday], nth: -1, until: …"),
        ("le premier mardi du mois", "every: month, days: [tuesday], nth: 1, until: …"),
        ("monthly", "every: month, nth: …, days: […], until: …"),
        ("when it snows", ""),
    ],
)
def test_how_something_repeats(typed: str, fields: str) -> None:
    assert ", ".join(f"{name}: {value}" for name, value in recurrence(typed).items()) == fields
