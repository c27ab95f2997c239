"""The hours engine on the days that are easily got wrong."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from library_hours import Hours, branch_hours, closed_on, hours_json, hours_on, next_opening, season_on
from library_hours.engine import instant, season_dates
from library_schemas.parts import Hours as BranchWeek
from library_schemas.parts import HoursException

ZONE = ZoneInfo("America/Toronto")
USUAL = dict.fromkeys(("tuesday", "wednesday", "thursday", "friday", "saturday"), "10:00-17:00")


def moment(text: str) -> dt.datetime:
    """Local time of the library."""
    return dt.datetime.fromisoformat(text)


def hours(
    *, seasons: list[Any] | None = None, exceptions: list[Any] | None = None, closures: list[Any] | None = None
) -> Hours:
    branch = BranchWeek.model_validate({"week": USUAL, "seasons": seasons or [], "exceptions": exceptions or []})
    return Hours(branch, tuple(HoursException.model_validate(each) for each in closures or []))


def spans(found: Hours, day: str) -> list[str]:
    return [f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in hours_on(found, dt.date.fromisoformat(day)).spans]


SUMMER = {"name": "Summer hours", "begins": "07-01", "ends": "08-31", "week": {"sunday": "12:00-16:00"}}
WINTER = {"name": "Winter hours", "begins": "11-01", "ends": "03-31", "week": {"monday": "12:00-16:00"}}


def test_the_usual_week() -> None:
    assert spans(hours(), "2026-11-24") == ["10:00-17:00"]  # a Tuesday
    assert spans(hours(), "2026-11-23") == []  # a Monday
    assert closed_on(hours(), dt.date(2026, 11, 23)) == "closed on this day of the week"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-31", "Usual"),
        ("2026-11-01", "Winter hours"),
        ("2026-12-31", "Winter hours"),
        ("2027-01-01", "Winter hours"),
        ("2027-03-31", "Winter hours"),
        ("2027-04-01", "Usual"),
        ("2027-06-30", "Usual"),
        ("2027-07-01", "Summer hours"),
        ("2027-08-31", "Summer hours"),
    ],
)
def test_seasons_also_across_the_new_year(day: str, expected: str) -> None:
    found = season_on(hours(seasons=[SUMMER, WINTER]).branch.seasons, dt.date.fromisoformat(day))
    assert (found.name if found else "Usual") == expected


def test_dates_of_a_season_across_the_new_year() -> None:
    winter = hours(seasons=[WINTER]).branch.seasons[0]
    assert season_dates(winter, dt.date(2026, 12, 31)) == (dt.date(2026, 11, 1), dt.date(2027, 3, 31))
    assert season_dates(winter, dt.date(2027, 1, 1)) == (dt.date(2026, 11, 1), dt.date(2027, 3, 31))
    assert season_dates(winter, dt.date(2027, 4, 1)) == (dt.date(2027, 11, 1), dt.date(2028, 3, 31))


def test_an_exception_inside_a_season() -> None:
    found = hours(seasons=[SUMMER], exceptions=[{"date": "2027-07-04", "hours": "10:00-12:00", "reason": "Fair"}])
    assert spans(found, "2027-07-11") == ["12:00-16:00"]
    assert spans(found, "2027-07-04") == ["10:00-12:00"]
    assert hours_on(found, dt.date(2027, 7, 4)).reason == "Fair"


def test_the_shorter_exception_and_season_decide() -> None:
    week = {"date": "2027-07-01", "until": "2027-07-10", "hours": "closed", "reason": "Carpets"}
    day = {"date": "2027-07-03", "hours": "09:00-10:00", "reason": "Sale"}
    fortnight = {"name": "Fair", "begins": "07-15", "ends": "07-20", "week": {"monday": "08:00-09:00"}}
    found = hours(seasons=[SUMMER, fortnight], exceptions=[week, day])
    assert spans(found, "2027-07-02") == []
    assert spans(found, "2027-07-03") == ["09:00-10:00"]
    assert spans(found, "2027-07-19") == ["08:00-09:00"]


def test_the_branch_has_the_last_word_over_closures_of_the_library() -> None:
    closures = [{"date": "2026-12-24", "hours": "closed", "reason": "Christmas Eve"}]
    assert spans(hours(closures=closures), "2026-12-24") == []
    own = hours(
        closures=closures, exceptions=[{"date": "2026-12-24", "hours": "10:00-12:00", "reason": "Pick up only"}]
    )
    assert spans(own, "2026-12-24") == ["10:00-12:00"]
    assert closed_on(hours(closures=closures), dt.date(2026, 12, 24)) == "Christmas Eve"


def test_leap_day() -> None:
    to_leap_day = {"name": "February", "begins": "02-01", "ends": "02-29", "week": {"tuesday": "08:00-09:00"}}
    found = hours(seasons=[to_leap_day])
    assert spans(found, "2028-02-29") == ["08:00-09:00"]  # a Tuesday in a leap year
    assert spans(found, "2027-03-02") == ["10:00-17:00"]
    assert season_dates(found.branch.seasons[0], dt.date(2027, 2, 1))[1] == dt.date(2027, 2, 28)
    from_leap_day = hours(seasons=[{**to_leap_day, "begins": "02-29", "ends": "03-05"}]).branch.seasons[0]
    assert season_dates(from_leap_day, dt.date(2027, 2, 1))[0] == dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "hour", "offset"),
    [
        ("2026-03-07", 10, -5),
        ("2026-03-08", 10, -4),  # the clocks went forward at 2:00
        ("2026-10-31", 10, -4),
        ("2026-11-01", 10, -5),  # and back
        ("2026-11-01", 1, -4),  # 1:00 comes twice: the first of them
    ],
)
def test_daylight_saving(day: str, hour: int, offset: int) -> None:
    moment = instant(dt.date.fromisoformat(day), dt.time(hour), ZONE)
    assert moment.utcoffset() == dt.timedelta(hours=offset)
    assert moment.hour == hour


def test_the_next_opening() -> None:
    found = hours(closures=[{"date": "2026-12-25", "until": "2026-12-26", "hours": "closed", "reason": "Christmas"}])
    coming = next_opening(found, moment("2026-12-24 17:00"))
    assert coming is not None
    assert coming[0] == dt.date(2026, 12, 29)
    assert (
        next_opening(
            hours(closures=[{"date": "2026-01-01", "until": "2027-12-31", "hours": "closed", "reason": "x"}]),
            moment("2026-06-01 00:00"),
        )
        is None
    )


def test_a_day_with_a_break() -> None:
    week = {"week": {"monday": ["13:00-20:00", "10:00-12:00"]}}
    found = Hours(BranchWeek.model_validate(week))
    assert spans(found, "2026-11-23") == ["10:00-12:00", "13:00-20:00"]


def test_tables_begin_with_the_week_that_holds() -> None:
    found = branch_hours(hours(seasons=[WINTER, SUMMER]), dt.date(2026, 11, 23), "en", "America/Toronto")
    assert [(week.name, week.current) for week in found.weeks] == [
        ("Winter hours", True),
        ("Summer hours", False),
        ("Usual hours", False),
    ]
    assert found.weeks[0].dates == "November\u00a01, 2026 to March\u00a031, 2027"
    assert found.weeks[0].rows[0].spans == ("noon to 4\u00a0pm",)
    assert [row.day for row in found.weeks[0].rows if row.today] == ["Monday"]
    french = branch_hours(hours(seasons=[WINTER]), dt.date(2026, 11, 23), "fr", "America/Toronto")
    assert french.weeks[0].rows[0].day == "Lundi"
    assert french.weeks[0].rows[0].spans == ("de 12\u00a0h à 16\u00a0h",)


def test_coming_exceptions_are_listed_once() -> None:
    closures = [
        {"date": "2026-12-24", "hours": "closed", "reason": "Christmas Eve"},
        {"date": "2026-11-01", "hours": "closed", "reason": "Over"},
    ]
    own = [{"date": "2026-12-24", "hours": "10:00-12:00", "reason": "Pick up only"}]
    found = branch_hours(hours(closures=closures, exceptions=own), dt.date(2026, 11, 22), "en", "America/Toronto")
    assert [(each.date, each.text, each.reason) for each in found.exceptions] == [
        ("Thursday, December\u00a024, 2026", "10\u00a0am to noon", "Pick up only")
    ]


def test_the_script_knows_the_coming_days() -> None:
    found = json.loads(branch_hours(hours(), dt.date(2026, 11, 23), "en", "America/Toronto").status)
    assert found["zone"] == "America/Toronto"
    assert found["days"][0] == {"date": "2026-11-23", "name": "Monday", "reason": "", "spans": []}
    assert found["days"][1]["spans"] == [[600, 1020, "10\u00a0am", "5\u00a0pm", "10\u00a0am to 5\u00a0pm"]]


def test_json_has_no_time_of_the_build() -> None:
    one = hours_json([({"branch": "minden"}, hours())], dt.date(2026, 11, 23), "America/Toronto")
    assert one == hours_json([({"branch": "minden"}, hours())], dt.date(2026, 11, 23), "America/Toronto")
    assert json.loads(one)["branches"][0]["days"][1]["open"] == [["10:00", "17:00"]]
