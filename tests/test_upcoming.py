"""``stepfree upcoming``: nothing that is due is missed, nothing that is done is nagged about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from library_frontmatter import read_mapping, read_text
from library_model.model import ContentFile
from library_schemas import CONTENT_TYPES, Library
from library_upcoming import When, upcoming
from tests.site.projects import LIBRARY

TODAY = dt.date(2026, 11, 22)


def _file(type_: str, front: str) -> ContentFile:
    path = f"content/{type_}/x.md"
    read = read_text(f"---\n{front}---\n", path, CONTENT_TYPES[type_])
    assert read.record is not None, read.problems
    return ContentFile(f"{type_}/x.md", type_, "en", read.record, read.lines, read.body, read.body_line)


def _entries(type_: str, front: str) -> list[tuple[When, dt.date, int]]:
    return [(entry.when, entry.date, entry.line) for entry in upcoming((_file(type_, front),), TODAY)]


def test_a_policy_past_its_review_is_overdue_with_its_line() -> None:
    front = "title: Rooms\napproved: 2021-01-05\nreview_due: 2026-01-05\n"
    assert _entries("policies", front) == [(When.OVERDUE, dt.date(2026, 1, 5), 4)]


def test_a_policy_due_in_a_year_is_silent() -> None:
    assert _entries("policies", "title: Rooms\napproved: 2026-01-05\nreview_due: 2027-11-22\n") == []


def test_the_last_day_of_the_window_counts_and_the_next_does_not() -> None:
    front = "title: News\nsummary: Short.\ndate: 2026-11-01\nexpires: {}\n"
    assert _entries("news", front.format("2026-12-06")) == [(When.SOON, dt.date(2026, 12, 6), 5)]
    assert _entries("news", front.format("2026-12-07")) == []


def test_minutes_are_overdue_after_sixty_days_unless_approved() -> None:
    front = "title: Board\nstarts: 2026-09-01 19:00\nbranch: maple-lake\nstate: held\nminutes_status: {}\n"
    assert _entries("meetings", front.format("draft")) == [(When.OVERDUE, dt.date(2026, 10, 31), 6)]
    assert _entries("meetings", front.format("approved")) == []


def test_an_event_that_is_over_is_not_overdue() -> None:
    front = (
        "title: Talk\nsummary: A talk.\nstarts: 2026-11-01 10:00\nends: 2026-11-01 11:00\nbranch: maple-lake\n"
        "audience: [adults]\nkind: learning\nregistration:\n  needed: none\n"
    )
    assert _entries("programs", front) == []


def test_a_plan_is_due_five_years_after_its_date() -> None:
    front = "title: Plan\nduty: multi-year-plan\ndated: 2021-11-30\n"
    assert _entries("pages", front) == [(When.SOON, dt.date(2026, 11, 30), 4)]


def test_other_hours_and_seasons_of_a_branch_are_told() -> None:
    front = (
        "title: Loon Bay\nphone: 705-555-0154\naddress: {street: 5 Wharf Road, town: Loon Bay, postal_code: K0M 0Z5}\n"
        "hours:\n  week: {}\n  seasons:\n    - {name: Winter, begins: '12-01', ends: '03-31', week: {}}\n"
        "    - {name: Fall, begins: '09-06', ends: '11-30', week: {}}\n"
        "  exceptions:\n    - {date: 2026-11-25, hours: closed, reason: Staff training}\n"
        "    - {date: 2026-12-24, hours: '10:00-13:00', reason: Christmas Eve}\n"
    )
    entries = upcoming((_file("branches", front),), TODAY)
    assert [(entry.date.isoformat(), entry.words) for entry in entries] == [
        ("2026-11-25", "Loon Bay: is closed (Staff training)"),
        ("2026-11-30", "Loon Bay: last day of “Fall”"),
        ("2026-12-01", "Loon Bay: first day of “Winter”"),
    ]


def test_french_partner_is_told_with_the_english_page() -> None:
    front = "title: News\nsummary: Short.\ndate: 2026-11-01\nexpires: 2026-11-30\n"
    english = _file("news", front)
    french = replace(
        _file("news", f"{front}translation_of: news/x.md\nreview_by: 2026-11-25\n"), name="news/fr/x.md", lang="fr"
    )
    assert [entry.date.day for entry in upcoming((english, french), TODAY)] == [25, 30], "its own date is told as well"


def test_closures_of_the_whole_library_are_told() -> None:
    library = read_mapping(LIBRARY, "content/library.yml", Library)
    [entry] = upcoming((), dt.date(2026, 12, 20), library=library)
    assert (entry.date, entry.words) == (dt.date(2026, 12, 25), "The whole library is closed (Christmas Day)")
    assert LIBRARY.splitlines()[entry.line - 1].strip().startswith("- {date: 2026-12-25")
