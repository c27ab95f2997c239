"""Calendar feeds, read back with two other implementations, and held against the hours."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from library_programs.calendar_feeds import folded
from tests.site.projects import PROGRAM, TODAY, Built, Project

ZONE = ZoneInfo("America/Toronto")
_SERIES = PROGRAM.replace(
    "branch: minden",
    "branch: minden\n"
    "cancelled:\n  - {date: 2026-12-10, reason: 'Snow, wind; ice'}\n"
    "moved:\n  - {date: 2026-12-17, starts: 2026-12-18 14:00, note: The floor is wet}",
)


@pytest.fixture
def built(site: Project) -> Built:
    site.write("content/programs/repair-cafe.md", _SERIES)
    site.write(
        "content/programs/club.md",
        PROGRAM.replace("Repair café", "Coding Club for très young people — a name that goes on and on and on").replace(
            "adults", "teens"
        ),
    )
    site.write("content/programs/old.md", PROGRAM.replace("2026-12", "2026-10").replace("2026-10-03", "2026-10-01"))
    return site.build(production=True)


def calendar(built: Built, name: str) -> Any:
    return icalendar.Calendar.from_ical((built.output / "calendar" / f"{name}.ics").read_bytes())


def test_every_feed_can_be_read(built: Built) -> None:
    folder = built.output / "calendar"
    names = sorted(path.relative_to(folder).as_posix().removesuffix(".ics") for path in folder.rglob("*.ics"))
    for name in (
        "programs",
        "branch/minden",
        "audience/adults",
        "audience/teens",
        "series/repair-cafe",
        "series/repair-cafe/2026-12-03",
    ):
        assert name in names
    for name in names:
        found = calendar(built, name)
        assert found["VERSION"] == "2.0"
        for event in found.walk("VEVENT"):
            assert not event.errors
            for field in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "URL", "LOCATION"):
                assert field in event, (name, field)


def test_two_implementations_agree_on_the_occurrences(built: Built) -> None:
    window = (dt.datetime(2026, 11, 22, tzinfo=ZONE), dt.datetime(2027, 3, 1, tzinfo=ZONE))
    expanded = recurring_ical_events.of(calendar(built, "series/repair-cafe")).between(*window)
    found = sorted(
        (event["DTSTART"].dt.astimezone(ZONE).strftime("%Y-%m-%d %H:%M"), str(event["STATUS"])) for event in expanded
    )
    assert found == [
        ("2026-12-03 10:30", "CONFIRMED"),
        ("2026-12-10 10:30", "CANCELLED"),
        ("2026-12-18 14:00", "CONFIRMED"),
        ("2026-12-24 10:30", "CONFIRMED"),
        ("2026-12-31 10:30", "CONFIRMED"),
        ("2027-01-07 10:30", "CONFIRMED"),
    ]
    shown = json.loads(built.text("api/programs.json"))["programs"]
    own = sorted(each["starts"][:16].replace("T", " ") for each in shown if each["title"] == "Repair café")
    assert own == [start for start, _ in found]


def test_times_keep_their_hour_across_the_clock_change(site: Project) -> None:
    text = PROGRAM.replace("2026-12-03", "2026-10-29").replace("count: 6", "count: 3")
    site.write("content/programs/p.md", text)
    events = calendar(site.build(today=dt.date(2026, 10, 20)), "series/p").walk("VEVENT")
    assert [event["DTSTART"].dt.hour for event in events] == [14, 15, 15]  # UTC
    assert {event["DTSTART"].dt.astimezone(ZONE).hour for event in events} == {10}


def test_cancelled_stays_with_its_reason(built: Built) -> None:
    event = next(e for e in calendar(built, "series/repair-cafe").walk("VEVENT") if e["STATUS"] == "CANCELLED")
    assert str(event["SUMMARY"]) == "Cancelled: Repair café"
    assert str(event["DESCRIPTION"]).startswith("Snow, wind; ice\n\nBring a broken lamp")
    assert event["SEQUENCE"] == 1


def test_ids_are_stable(built: Built, site: Project) -> None:
    def ids(name: str) -> set[str]:
        return {str(event["UID"]) for event in calendar(built, name).walk("VEVENT")}

    before = ids("series/repair-cafe")
    assert "repair-cafe-20261217-en@library.example.org" in before  # moved, and still the same event
    site.write("content/programs/repair-cafe.md", PROGRAM.replace("Repair café", "Mending evening"))
    site.build(production=True)
    assert ids("series/repair-cafe") == before


def test_past_events_stay_for_sixty_days(built: Built, site: Project) -> None:
    assert calendar(built, "series/old").walk("VEVENT")
    assert not (built.output / "calendar" / "series" / "old" / "2026-10-01.ics").exists()
    site.build(production=True, today=TODAY + dt.timedelta(days=90))
    assert not calendar(built, "series/old").walk("VEVENT")


def test_nothing_depends_on_the_day_of_the_build(built: Built, site: Project) -> None:
    before = (built.output / "calendar" / "series" / "repair-cafe.ics").read_bytes()
    site.build(production=True, today=TODAY + dt.timedelta(days=1))
    assert (built.output / "calendar" / "series" / "repair-cafe.ics").read_bytes() == before


def test_lines_hold_75_octets(built: Built) -> None:
    for path in (built.output / "calendar").rglob("*.ics"):
        data = path.read_bytes()
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("letter", ["a", "é", "€", "😀"])
def test_folding_never_cuts_a_character(letter: str) -> None:
    for length in range(70, 155):
        line = letter * length
        written = folded(line)
        assert all(len(part) <= 75 for part in written.split(b"\r\n")), length
        assert written.replace(b"\r\n ", b"").decode() == line + "\r\n", length
        for part in written.split(b"\r\n"):
            part.decode()


def test_a_program_on_a_closed_day_is_left_out(site: Project) -> None:
    closed = "---\ntitle: Storytime\nsummary: S\nstarts: 2026-12-18 10:00\nends: 2026-12-18 11:00\nrepeats: {every: week, days: [friday], count: 3}\nbranch: minden\naudience: [families]\nkind: storytime\nregistration: {needed: none}\n---\n"
    site.write("content/programs/story.md", closed)
    events = calendar(site.build(), "series/story").walk("VEVENT")
    assert [event["DTSTART"].dt.date().isoformat() for event in events] == ["2026-12-18", "2027-01-01", "2027-01-08"]


def test_an_occurrence_moved_onto_the_day_of_another(site: Project) -> None:
    moved = "branch: minden\nmoved:\n  - {date: 2026-12-10, starts: 2026-12-17 14:00}"
    site.write("content/programs/p.md", PROGRAM.replace("branch: minden", moved))
    built = site.build()
    events = calendar(built, "series/p").walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) == 6
    assert calendar(built, "series/p/2026-12-10").walk("VEVENT")[0]["DTSTART"].dt.hour == 19
    assert calendar(built, "series/p/2026-12-17").walk("VEVENT")[0]["DTSTART"].dt.hour == 15


def test_survey_counts_sessions_that_took_place(built: Built) -> None:
    rows = built.text("api/programs-by-quarter.csv").split("\n")
    assert rows[0].strip() == "Quarter,Kind,Audience,Branch,Sessions"
    assert "2026 Q4,maker,adults,minden,10" in [row.strip() for row in rows]  # 4 of 5 of one series, 6 of the other
    assert "2027 Q1,maker,adults,minden,1" in [row.strip() for row in rows]


def test_calendar_pages_are_made_when_the_theme_has_them(site: Project) -> None:
    listing = '{% extends "base.html" %}{% block content %}{% for d in page.view.days %}{{ d.date }} {% endfor %}{% endblock %}'
    for name in ("program-calendar", "programs-filtered", "program-sheet"):
        site.write(f"theme/templates/{name}.html", listing)
    site.write("content/programs/repair-cafe.md", _SERIES)
    built = site.build(today=dt.date(2026, 12, 1))
    pages = {page["address"]: page for page in built.manifest["pages"]}
    for address in (
        "/programs/calendar/2026-12/", "/programs/calendar/2027-01/", "/programs/today/", "/programs/weekend/", "/programs/next-week/",
        "/programs/at/minden/", "/programs/for/adults/", "/programs/kind/maker/", "/programs/sheet/minden/",
    ):  # fmt: skip
        assert address in pages, address
    assert pages["/programs/sheet/minden/"]["kind"] == "sheet"
    assert "2026-12-18" in built.text("programs/calendar/2026-12/index.html")
    assert "2027" not in built.text("programs/calendar/2026-12/index.html").partition("<main")[2]


def test_the_weekend_is_told_from_today_on_a_sunday_too(site: Project) -> None:
    listing = '{% extends "base.html" %}{% block content %}{{ page.summary }}{% endblock %}'
    site.write("theme/templates/programs-filtered.html", listing)
    site.write("content/programs/repair-cafe.md", _SERIES)
    built = site.build(today=dt.date(2026, 12, 6))
    said = [built.text(f"programs/{name}/index.html") for name in ("today", "weekend", "next-week")]
    assert "Programs this weekend (Sunday, " in said[1]
    assert len({each.partition("<main")[2] for each in said}) == 3
