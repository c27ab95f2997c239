"""When a program takes place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from library_programs import State, expand
from library_programs.recurrence import nth_weekday
from library_programs.wording import repeats_words
from library_schemas import Program


def moment(text: str) -> dt.datetime:
    """Local time of the library."""
    return dt.datetime.fromisoformat(text)


def program(first: str = "2026-12-03", **fields: Any) -> Program:
    return Program.model_validate(
        {
            "title": "Repair café",
            "summary": "Bring a lamp.",
            "starts": f"{first}T18:30",
            "ends": f"{first}T19:30",
            "branch": "minden",
            "audience": ["adults"],
            "kind": "maker",
            "registration": {"needed": "none"},
            **fields,
        }
    )


def never(_: dt.date) -> str:
    return ""


def days(found: Program, closed: Any = never) -> list[str]:
    return [each.starts.date().isoformat() for each in expand(found, closed).occurrences]


def test_once() -> None:
    assert days(program()) == ["2026-12-03"]


def test_weekly_with_count() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 3}
    assert days(program(repeats=rule)) == ["2026-12-03", "2026-12-10", "2026-12-17"]


def test_weekly_on_two_days_every_second_week() -> None:
    rule = {"every": "week", "interval": 2, "days": ["tuesday", "thursday"], "count": 4}
    # The Tuesday before the first day does not count; weeks begin on Monday.
    assert days(program(repeats=rule)) == ["2026-12-03", "2026-12-15", "2026-12-17", "2026-12-29"]


def test_until_includes_its_day() -> None:
    rule = {"every": "week", "days": ["thursday"], "until": "2026-12-17"}
    assert days(program(repeats=rule))[-1] == "2026-12-17"


@pytest.mark.parametrize(
    ("nth", "day", "expected"),
    [
        (1, "thursday", ["2026-12-03", "2027-01-07", "2027-02-04"]),
        (-1, "monday", ["2026-12-28", "2027-01-25", "2027-02-22"]),
        (4, "friday", ["2026-12-25", "2027-01-22", "2027-02-26"]),
    ],
)
def test_monthly(nth: int, day: str, expected: list[str]) -> None:
    assert days(program(expected[0], repeats={"every": "month", "nth": nth, "days": [day], "count": 3})) == expected


def test_monthly_across_the_years() -> None:
    rule = {"every": "month", "interval": 5, "nth": 1, "days": ["monday"], "count": 4}
    assert days(program("2026-12-07", repeats=rule)) == ["2026-12-07", "2027-05-03", "2027-10-04", "2028-03-06"]


def test_last_day_of_february_in_a_leap_year() -> None:
    assert nth_weekday(2028, 2, 1, -1) == dt.date(2028, 2, 29)
    assert nth_weekday(2027, 2, 6, -1) == dt.date(2027, 2, 28)


def test_skipped_and_extra_days() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 2, "skip": ["2026-12-10"], "extra": ["2026-12-05"]}
    assert days(program(repeats=rule)) == ["2026-12-03", "2026-12-05", "2026-12-17"]


def test_closures_are_left_out_and_named_and_do_not_count() -> None:
    def closed(day: dt.date) -> str:
        return "Christmas" if day == dt.date(2026, 12, 24) else ""

    rule = {"every": "week", "days": ["thursday"], "count": 4}
    found = expand(program(repeats=rule), closed)
    assert [each.named.isoformat() for each in found.occurrences] == [
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2026-12-31",
    ]
    assert found.closed == ((dt.date(2026, 12, 24), "Christmas"),)
    assert len(expand(program(repeats=rule, outside_hours=True), closed).closed) == 0


def test_a_cancelled_day_stays_in_sight() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 2}
    found = expand(program(repeats=rule, cancelled=[{"date": "2026-12-10", "reason": "Snow"}]), never)
    assert [(each.state, each.note) for each in found.occurrences] == [(State.SCHEDULED, ""), (State.CANCELLED, "Snow")]


def test_a_cancelled_day_stays_in_sight_when_the_branch_is_closed_too() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 2}
    cancelled = [{"date": "2026-12-10", "reason": "Snow"}]
    found = expand(program(repeats=rule, cancelled=cancelled), lambda day: "Storm" if day.day == 10 else "")
    assert [each.state for each in found.occurrences] == [State.SCHEDULED, State.CANCELLED]


def test_a_moved_day() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 3}
    moved = [{"date": "2026-12-10", "starts": "2026-12-18T14:00", "place": "Town hall", "note": "Floor is wet"}]
    found = expand(program(repeats=rule, moved=moved), never).occurrences
    assert [each.named.day for each in found] == [3, 17, 10]
    last = found[-1]
    assert last.state is State.MOVED
    assert last.starts == moment("2026-12-18 14:00")
    assert last.ends == moment("2026-12-18 15:00")
    assert last.was == moment("2026-12-10 18:30")
    assert last.place == "Town hall"


def test_days_that_the_series_does_not_have() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 2}
    moved = [{"date": "2026-12-11", "starts": "2026-12-12T14:00"}]
    found = expand(program(repeats=rule, cancelled=[{"date": "2026-12-10", "reason": "x"}], moved=moved), never)
    assert found.unmatched_cancelled == ()
    assert found.unmatched_moved == (0,)


def test_the_hour_stays_when_the_clocks_change() -> None:
    rule = {"every": "week", "days": ["thursday"], "until": "2027-03-25"}
    assert {each.starts.time() for each in expand(program(repeats=rule), never).occurrences} == {dt.time(18, 30)}


def test_a_series_that_is_always_closed_ends() -> None:
    rule = {"every": "week", "days": ["thursday"], "count": 400}
    assert expand(program(repeats=rule), lambda _: "Closed for good").occurrences == ()


@pytest.mark.parametrize(
    ("first", "rule", "english", "french"),
    [
        ("2026-12-08", {"every": "week", "days": ["tuesday"], "until": "2027-06-01"}, "Every Tuesday until June\u00a01, 2027", "Chaque mardi, jusqu’au 1er\u00a0juin 2027"),
        ("2026-12-04", {"every": "week", "interval": 2, "days": ["friday", "monday"], "count": 4}, "Every second week on Monday and Friday, 4 times", "Une semaine sur deux, le lundi et vendredi, 4 fois"),
        ("2026-12-25", {"every": "month", "nth": -1, "days": ["friday"], "count": 4}, "On the last Friday of the month, 4 times", "Le dernier vendredi du mois, 4 fois"),
    ],
)  # fmt: skip
def test_recurrence_in_words(first: str, rule: dict[str, Any], english: str, french: str) -> None:
    assert repeats_words(program(first, repeats=rule), "en") == english
    assert repeats_words(program(first, repeats=rule), "fr") == french
