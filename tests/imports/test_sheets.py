"""Rows become staff, e-resources, equipment and programs; a wrong cell is named by row and column."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from stepfree.__main__ import run
from stepfree.imports.moments import moment_of

LIST = Path(__file__).parent / "az.csv"


def test_the_list_of_libguides(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "libguides", str(LIST)]) == 0
    said = capsys.readouterr().out
    libby = (library / "content/e-resources/libby.md").read_text(encoding="utf-8")
    assert "summary: Read ebooks & listen." in libby
    assert "- ebooks\n- audiobooks" in libby
    assert "https://www.ancestrylibrary.com" in (library / "content/e-resources/ancestry.md").read_text("utf-8")
    for sentence in (
        "az.csv, row 4: The cell “Name” is empty.",
        "az.csv, row 5, column URL: ",
        "az.csv, row 6: “Libby” is already in row 2.",
        "az.csv, column Enable Proxy: There is no field for it.",
    ):
        assert sentence in said


def test_the_same_as_xml(library: Path, tmp_path: Path) -> None:
    text = (
        "<azlist>\n<database><name>Mango</name><url>https://mango.example.org</url><types><type><name>Courses</name>"
        "</type></types><subjects><subject><name>Languages</name></subject></subjects></database>\n</azlist>"
    )
    (tmp_path / "az.xml").write_text(text, encoding="utf-8")
    assert run(["import", "libguides", str(tmp_path / "az.xml")]) == 0
    mango = (library / "content/e-resources/mango.md").read_text(encoding="utf-8")
    assert "- Languages" in mango
    assert "- courses" in mango


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_staff_of_a_workbook(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = workbook(
        tmp_path / "staff.xlsx",
        [
            ["Our staff"],
            [],
            ["Name", "Position", "Email", "Phone", "Branch"],
            ["Somebody", "Children's librarian", "kids@aldercreek.example.org", "(740) 555-0142", "Main"],
            ["Another", "Circulation", "desk@aldercreek.example.org", "555", "Orange Township"],
            ["Third", "Shelving", "no address", "12 34", "Nowhere"],
        ],
    )
    assert run(["import", "sheet", str(file), "--type", "staff"]) == 0
    said = capsys.readouterr().out
    kids = (library / "content/staff/children-s-librarian.md", library / "content/staff/childrens-librarian.md")
    text = next(path for path in kids if path.is_file()).read_text(encoding="utf-8")
    assert "branch: main-library" in text
    assert "“555” is an extension" in said
    for cell in ("row 6, column Email", "row 6, column Phone", "row 6, column Branch"):
        assert f"staff.xlsx, {cell}: " in said
    assert "Somebody" not in "".join(path.read_text("utf-8") for path in (library / "content/staff").glob("*.md"))
    assert run(["build", "--publish"]) == 0


def test_equipment_and_programs(library: Path, tmp_path: Path) -> None:
    things = workbook(
        tmp_path / "things.xlsx",
        [["Item", "Description", "Category", "Loan period"], ["Ukulele", "A small guitar.", "Kits", "21 days"]],
    )
    assert run(["import", "sheet", str(things), "--type", "equipment"]) == 0
    assert "group: kits" in (library / "content/equipment/ukulele.md").read_text(encoding="utf-8")
    programs = tmp_path / "programs.csv"
    programs.write_text(
        "Title;Start;End;Location;Audience;Registration\n"
        "Lego;2026-12-05 10:00;2026-12-05 11:30;Main library;Children;yes\n"
        "Late;2026-12-05 10:00;2026-12-05 09:00;Main library;Adults;no\n",
        encoding="cp1252",
    )
    assert run(["import", "sheet", str(programs), "--type", "program"]) == 0
    lego = (library / "content/programs/lego.md").read_text(encoding="utf-8")
    assert "needed: required" in lego
    assert "- children" in lego
    assert not (library / "content/programs/late.md").exists()
    assert run(["build"]) == 0


@pytest.mark.parametrize(("name", "text"), [("x.csv", ""), ("x.csv", "one\n"), ("x.xlsx", "no"), ("x.doc", "no")])
def test_what_is_no_sheet_is_told(
    library: Path, tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert run(["import", "sheet", str(tmp_path / name), "--type", "staff"]) == 2
    assert str(tmp_path / name) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("day", "time", "country", "moment"),
    [
        ("12/5/2026 10:00 AM", "", "US", "2026-12-05 10:00"),
        ("12/5/2026", "10.30", "GB", "2026-05-12 10:30"),
        ("25/12/2026", "2:30 pm", "CA", "2026-12-25 14:30"),
        ("12/5/2026", "10:00", "CA", "12/5/2026 10:00"),
        ("Saturday, 5 December 2026", "10 am – 11 am", "GB", "2026-12-05 10:00"),
        ("Dec 5, 2026 12 am", "", "US", "2026-12-05 00:00"),
        ("5 décembre 2026", "14 h 30", "CA", "2026-12-05 14:30"),
        ("2026-12-05 00:00", "16:00:00", "US", "2026-12-05 16:00"),
        ("46361.4375", "", "US", "2026-12-05 10:30"),
        ("31/31/2026", "10:00", "GB", "31/31/2026 10:00"),
        ("someday", "", "US", "someday"),
    ],
)
def test_days_as_spreadsheets_write_them(day: str, time: str, country: str, moment: str) -> None:
    assert moment_of(day, time, country) == moment


def test_programs_with_a_column_for_the_day(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "programs.csv"
    table.write_bytes(
        "Event\tDate\tStart Time\tEnd Time\tLocation\r\nLEGO club\t12/5/2026\t10:00 AM\t11:00 AM\tTown hall\r\n"
        "Tea\t\t\t\t\r\n".encode("utf-16")
    )
    assert run(["import", "sheet", "--type", "program", str(table)]) == 0
    assert "programs.csv, row 3" in capsys.readouterr().out
    text = (library / "content/programs/lego-club.md").read_text(encoding="utf-8")
    assert "starts: 2026-12-05 10:00\nends: 2026-12-05 11:00\n" in text
    assert "place: Town hall\n" in text


def test_what_is_hidden_there_stays_there(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "az.csv"
    table.write_text(
        '"Name","URL","Description","Hidden"\n"A","https://a.example.org","Maps.<br>Old ones.","0"\n'
        '"B","https://b.example.org","","1"\n',
        encoding="utf-8",
    )
    assert run(["import", "libguides", str(table)]) == 0
    assert "az.csv, row 3: It is hidden there." in capsys.readouterr().out
    assert "summary: Maps. Old ones.\n" in (library / "content/e-resources/a.md").read_text(encoding="utf-8")
