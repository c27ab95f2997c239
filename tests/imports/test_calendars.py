"""A calendar moves in; series stay series. The samples of two calendar libraries must all be readable."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
import yaml

from audit.errors import UsageError
from library_forms.draft import Beside
from stepfree.__main__ import run
from stepfree.imports.arrivals import Delivery, deliver
from stepfree.imports.calendar import arrivals

CALENDAR = Path(__file__).parent / "calendar.ics"
SAMPLES = [
    file
    for package in (icalendar, recurring_ical_events)
    for file in sorted(Path(package.__file__ or "").parent.rglob("*.ics"))
]


def fields(path: Path) -> dict[str, object]:
    read: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return read


def test_series_stay_series(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "calendar", str(CALENDAR)]) == 0
    said = capsys.readouterr().out
    programs = library / "content/programs"
    story = fields(programs / "storytime-for-families.md")
    assert story["repeats"] == {
        "every": "week", "days": ["tuesday"], "until": dt.date(2027, 3, 30), "skip": [dt.date(2026, 12, 22)]
    }  # fmt: skip
    assert story["moved"] == [{"date": dt.date(2026, 12, 8), "starts": "2026-12-08 14:00", "ends": "2026-12-08 15:00"}]
    assert (story["branch"], story["kind"], story["audience"]) == ("main-library", "storytime", ["families"])
    club = fields(programs / "book-club.md")
    assert club["repeats"] == {"every": "month", "nth": 2, "days": ["thursday"], "until": dt.date(2027, 12, 11)}
    assert str(club["starts"]).startswith("2026-12-10 18:00")
    chess = fields(programs / "chess.md")
    assert chess["repeats"] == {
        "every": "week", "days": ["friday"], "count": 1, "extra": [dt.date(2026, 12, 11), dt.date(2027, 1, 8)]
    }  # fmt: skip
    first = fields(programs / "first-of-the-month.md")
    assert isinstance(first["repeats"], dict)
    assert len(first["repeats"]["extra"]) == 4
    assert "Closed, 2026-12-25: It lasts whole days." in said
    assert "Old talk" not in said
    assert len(list(programs.glob("*.md"))) == 4


@pytest.mark.slow
def test_the_drafts_build_and_a_second_import_adds_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "calendar", str(CALENDAR)]) == 0
    for path in (library / "content/programs").glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    assert run(["build", "--publish"]) == 0
    capsys.readouterr()
    assert run(["import", "calendar", str(CALENDAR)]) == 0
    assert "0 drafts were written" in capsys.readouterr().out


@pytest.mark.slow
def test_samples_of_others_arrive_or_are_listed(library: Path) -> None:
    """Every event of every sample becomes part of a draft or is named; none ends in a fault of ours."""
    assert len(SAMPLES) > 100
    content = library / "content"
    read = 0
    for file in SAMPLES:
        shutil.rmtree(content / "programs", ignore_errors=True)
        delivery = Delivery(content)
        try:
            made = arrivals(
                file.read_bytes(), file.name, Beside.of(content), delivery, dt.date(2026, 11, 28), past=True
            )
        except UsageError:
            continue
        read += 1
        deliver(made, delivery)
        assert len(delivery.written) + len(delivery.left_out) >= len(made)
    assert read > len(SAMPLES) * 0.9


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR", "<html>"])
def test_another_file_is_told(library: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.ics").write_text(text, encoding="utf-8")
    assert run(["import", "calendar", str(tmp_path / "x.ics")]) == 2
    assert "this is not a calendar" in capsys.readouterr().err
    assert not (library / "imported.toml").exists()


def test_one_broken_line_takes_no_others_with_it(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = "BEGIN:VEVENT\nUID:a\nDTSTART:20270301T190000Z\nSUMMARY:Chess\nRRULE:FREQ=FOO\nstray\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nhalf a line\n{event}END:VCALENDAR\n"
    (tmp_path / "x.ics").write_text(text, encoding="utf-8")
    assert run(["import", "calendar", str(tmp_path / "x.ics")]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "“half a line” is not a line of a calendar." in told
    assert "“stray” is not a line of a calendar." in told
    assert "Its RRULE cannot be read." in told
    assert list((library / "content" / "programs").glob("chess*.md")), told
    (tmp_path / "x.ics").write_text(text.partition("END:VCALENDAR")[0], encoding="utf-8")
    assert run(["import", "calendar", str(tmp_path / "x.ics")]) == 2
    assert "breaks off before its end" in capsys.readouterr().err


def test_what_outlook_writes(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its third Tuesday, its workdays, its names of time zones, and a day of a series that is something else."""
    table = tmp_path / "outlook.ics"
    table.write_text(
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//Outlook//EN\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:one\r\n"
        "SUMMARY:Third Tuesday\r\n"
        "DTSTART;TZID=Eastern Standard Time:20261215T180000\r\n"
        "DTEND;TZID=Eastern Standard Time:20261215T190000\r\n"
        "RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=TU;BYSETPOS=3\r\n"
        "DESCRIPTION:Tea &amp\\; cake.\\nBring a cup.\r\n"
        "END:VEVENT\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:two\r\n"
        "SUMMARY:Workdays\r\n"
        "DTSTART;TZID=America/New_York:20261207T090000\r\n"
        "DTEND;TZID=America/New_York:20261207T093000\r\n"
        "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261218\r\n"
        "END:VEVENT\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:two\r\n"
        "RECURRENCE-ID;TZID=America/New_York:20261209T090000\r\n"
        "SUMMARY:With a guest\r\n"
        "DTSTART;TZID=America/New_York:20261209T090000\r\n"
        "DTEND;TZID=America/New_York:20261209T093000\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n",
        encoding="utf-8",
    )
    assert run(["import", "calendar", str(table)]) == 0
    said = capsys.readouterr().out
    assert "On 2026-12-09 the calendar says “With a guest” instead" in said
    tuesday = (library / "content/programs/third-tuesday.md").read_text(encoding="utf-8")
    assert "starts: 2026-12-15 18:00\n" in tuesday
    assert "repeats:\n  every: month\n  nth: 3\n  days:\n  - tuesday\n  count: 6\n" in tuesday
    assert tuesday.endswith("\nTea & cake.  \nBring a cup.\n")
    workdays = (library / "content/programs/workdays.md").read_text(encoding="utf-8")
    assert "  - friday\n  until: 2026-12-18\n" in workdays


def test_a_zip_as_google_takeout_makes_it(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each calendar in it comes along; what else is in it is not looked at."""
    event = CALENDAR.read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/Calendar/Programs.ics", event)
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
        other = event.replace("UID:", "UID:second-").replace("SUMMARY:", "SUMMARY:Second ")
        archive.writestr("Takeout/Calendar/Second.ics", other)
    assert run(["import", "calendar", str(tmp_path / "takeout.zip")]) == 0
    programs = library / "content/programs"
    assert len(list(programs.glob("*.md"))) == 8
    assert (programs / "second-book-club.md").is_file()
    capsys.readouterr()
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04broken")
    for name, sentence in (("empty.zip", "no file in it whose name ends with .ics"), ("broken.zip", "cannot be read")):
        assert run(["import", "calendar", str(tmp_path / name)]) == 2
        assert sentence in capsys.readouterr().err


def test_what_libcal_writes(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each day of a series is an event of its own, in UTC; items of a list begin with a tab; the room comes first."""
    days = "".join(
        "BEGIN:VEVENT\r\n"
        f"DTSTART:202612{day:02}T233000Z\r\nDTEND:202612{day + 1:02}T003000Z\r\n"
        "SUMMARY:Print in three dimensions\r\n"
        "DESCRIPTION:Learn some \r\n  basics.\\n\\nBring:\\n\\n\\n\tA stick\\n\tPatience\\n\\n\\n- one\\n- two\\nSee you.\r\n"
        'LOCATION:Studio - Main library\r\nORGANIZER;CN="Studio":MAILTO:studio@example.org\r\nCATEGORIES:Adults\r\n'
        f"UID:LibCal-{day}\r\nURL:https://libcal.example.org/event/{day}\r\n"
        "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\n"
        for day in (7, 14, 21)
    )
    table = tmp_path / "libcal.ics"
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Springshare//LibCal//EN\r\nX-WR-TIMEZONE:America/New_York\r\n"
    table.write_text(f"{head}{days}\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    assert run(["import", "calendar", str(table)]) == 0
    program = library / "content/programs/print-in-three-dimensions.md"
    found = fields(program)
    assert (str(found["starts"]), found["branch"], found["audience"]) == (
        "2026-12-07 18:30",
        "main-library",
        ["adults"],
    )
    assert found["repeats"] == {"every": "week", "days": ["monday"], "until": dt.date(2026, 12, 21)}
    text = program.read_text(encoding="utf-8")
    assert "Learn some basics.\n\nBring:\n\n- A stick\n- Patience\n\n- one\n- two\n\nSee you.\n" in text
    capsys.readouterr()
    assert run(["import", "calendar", str(table)]) == 0
    assert "0 drafts were written" in capsys.readouterr().out
    # A month later the feed begins with another day and has a new one: the series is known, and the day is told.
    later = days.split("END:VEVENT\r\n", 1)[1] + days.replace("202612", "202701").split("END:VEVENT\r\n")[0].replace(
        "LibCal-7", "LibCal-99"
    )
    table.write_text(f"{head}{later}END:VEVENT\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    assert run(["import", "calendar", str(table)]) == 0
    said = capsys.readouterr().out
    assert "0 drafts were written" in said
    assert "content/programs/print-in-three-dimensions.md: It has new days: 2027-01-07. Add them here." in said
