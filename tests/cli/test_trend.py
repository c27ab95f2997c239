"""Kept reports in a row: what each says, in the order of their days, and what may not be read out of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from audit.model.report import Report, RunError
from audit.reports.writing import to_json
from audit.run.order import Order
from audit.run.run import audit
from benchmarks.documents.description import USUAL, Description
from benchmarks.documents.making import make
from stepfree.__main__ import run

CLEAN: Description = {**USUAL, "body": [{"heading": "Hours"}, {"paragraph": "Doors open at ten in the morning."}]}
FAULTY: Description = {**USUAL, "body": [{"heading": "Hours"}, {"picture": {"alternative": None}}]}
RULE = "document-image-without-alternative"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Report]:
    """A report of two documents, for each number of faults in them."""
    found = {}
    for faults in range(3):
        place = tmp_path_factory.mktemp(f"faults-{faults}")
        for at in range(2):
            make(FAULTY if at < faults else CLEAN, "docx", place / f"{at}.docx")
        found[faults] = replace(audit(Order(str(place), use_browser=False, profile="wcag22-aa")), target="papers")
    return found


def keep(report: Report, file: str) -> None:
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_json(report))


def test_a_folder_of_reports_is_told_day_by_day(
    audited: dict[int, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(audited[0], "kept/2027-03-01/report.json")
    keep(audited[2], "kept/2027-01-01.json")
    keep(audited[1], "kept/2027-02-01/papers/report.json")
    keep(audited[2], "kept/notes.json")
    assert run(["trend", "kept", "--html", "out/trend.html"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Three reports of papers. Two problems and questions on 2027-01-01, none on 2027-03-01."
    assert [line.split() for line in lines[3:6]] == [
        ["2027-01-01", "2", "0", "0", "0", "0", "2", "0"],
        ["2027-02-01", "1", "0", "0", "0", "0", "2", "0"],
        ["2027-03-01", "0", "0", "0", "0", "0", "2", "0"],
    ]
    assert lines[8].split() == [RULE, "2", "1", "0"]
    page = BeautifulSoup(Path("out/trend.html").read_bytes(), "lxml")
    tables = page.select("table")
    assert [row.get_text(" ").split() for row in tables[1].select("tbody tr")] == [[RULE, "2", "1", "0"]]
    first = Path("out/trend.html").read_bytes()
    assert run(["trend", "kept/2027-03-01/report.json", "kept", "--html", "out/trend.html"]) == 0
    assert Path("out/trend.html").read_bytes() == first


def test_what_was_not_looked_at_is_said(
    audited: dict[int, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(audited[1], "2027-01-01.json")
    keep(replace(audited[0], errors=(RunError("the run", "It was broken off.", "run"),)), "2027-02-01.json")
    assert run(["trend", "2027-02-01.json", "2027-01-01.json"]) == 0
    assert "Not everything was looked at on 2027-02-01, so those numbers are too small." in capsys.readouterr().out


def test_reports_of_two_sites_make_no_trend(
    audited: dict[int, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(audited[1], "2027-01-01.json")
    keep(replace(audited[1], target="other"), "2027-02-01.json")
    assert run(["trend", "2027-01-01.json", "2027-02-01.json"]) == 2
    assert "is about papers, and 2027-02-01.json about other." in capsys.readouterr().err


@pytest.mark.parametrize("given", ["empty", "missing.json"])
def test_without_a_report_there_is_a_sentence(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    assert run(["trend", given]) == 2
    assert "report" in capsys.readouterr().err
