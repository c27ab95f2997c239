"""The list of known faults only gets shorter by itself; an excuse is written with all it needs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from audit.judgement.excuses import read_file
from audit.model.finding import Finding, Outcome, PageResult, PageState
from audit.model.report import Report, RuleResult
from audit.reports.writing import to_json
from stepfree.__main__ import run
from tests.audit.making import content, finding


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stepfree.toml").write_text('[paths]\nbaseline = "baseline.toml"\nexcuses = "excuses.toml"\n')


def write(*findings: Finding, missed: bool = False) -> None:
    state = PageState.NOT_AUDITED if missed else PageState.AUDITED
    page = PageResult("/", "index.html", state, "It did not load." if missed else None)
    rules = (RuleResult("image-alt", "A fault"),)
    report = Report({"stepfree": "0", "axe-core": "0", "browser": "0"}, "aoda", "site", (page,), findings, rules)
    Path("build/report").mkdir(parents=True, exist_ok=True)
    Path("build/report/report.json").write_bytes(to_json(report))


def one(key: str, **more: object) -> Finding:
    return finding("image-alt", key=key, loose=f"loose-{key}", source=content(), blocking=True, **more)  # type: ignore[arg-type]


def known() -> list[str]:
    text = Path("baseline.toml").read_text()
    return [line.split('"')[1] for line in text.splitlines() if line.startswith("key = ")]


def test_a_list_is_started_once(capsys: pytest.CaptureFixture[str]) -> None:
    write(one("a"), one("b"))
    assert run(["baseline", "--start"]) == 0
    assert known() == ["a", "b"]
    assert run(["baseline", "--start"]) == 2
    assert "already exists" in capsys.readouterr().err


def test_what_is_gone_leaves_and_nothing_new_comes_in(capsys: pytest.CaptureFixture[str]) -> None:
    write(one("a"), one("b"))
    run(["baseline", "--start"])
    write(one("b"), one("c"))
    assert run(["baseline"]) == 0
    assert known() == ["b"]
    assert "1 known faults (2 before)" in capsys.readouterr().out


def test_one_finding_can_be_added_by_its_key(capsys: pytest.CaptureFixture[str]) -> None:
    write(one("a"), one("b"))
    assert run(["baseline", "--add", "b"]) == 0
    assert known() == ["b"]
    assert run(["baseline", "--add", "zzz"]) == 2
    assert "no fault with the key zzz" in capsys.readouterr().err


def test_an_incomplete_report_starts_nothing_and_ends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write(one("a"))
    run(["baseline", "--start"])
    write(missed=True)
    assert run(["baseline"]) == 0
    assert known() == ["a"]
    Path("baseline.toml").unlink()
    assert run(["baseline", "--start"]) == 4
    capsys.readouterr()


def test_an_excuse_is_written_whole(capsys: pytest.CaptureFixture[str]) -> None:
    write(one("a"))
    words = ["--reason", "The poster is drawn anew.", "--owner", "Systems coordinator", "--until", "2027-01-31"]
    assert run(["excuse", "a", *words]) == 0
    (excuse,) = read_file(Path("excuses.toml"), "excuses.toml", {"image-alt": "image-alt"}, dt.date(2026, 11, 1))
    assert excuse.covers(one("a"))
    assert (excuse.reason, excuse.owner, excuse.until.isoformat()) == (
        "The poster is drawn anew.",
        "Systems coordinator",
        "2027-01-31",
    )
    capsys.readouterr()


def test_a_question_gets_a_decision_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    question = one(
        "q", kind=Outcome.CANT_TELL, evidence="0123456789abcdef", html='<img src="x.png">with "quotes"\nand lines'
    )
    write(question)
    words = ["--reason", "It only decorates.", "--owner", "Branch supervisor", "--until", "2027-01-31"]
    assert run(["excuse", "q", *words]) == 0
    (decision,) = read_file(Path("excuses.toml"), "excuses.toml", {"image-alt": "image-alt"}, dt.date(2026, 11, 1))
    assert decision.decision
    assert decision.covers(question)
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["excuse", "zzz", "--reason", "It is so.", "--owner", "Web team", "--until", "2027-01-31"],
            "no finding with the key zzz",
        ),
        (["excuse", "a", "--reason", "ok", "--owner", "Web team", "--until", "2027-01-31"], "“ok” is not a reason"),
        (["excuse", "a", "--reason", "It is so.", "--owner", "Web team", "--until", "soon"], "soon"),
        (["excuse", "a", "--reason", "It is so.", "--until", "2027-01-31"], "--owner"),
    ],
)
def test_an_excuse_that_lacks_something_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(one("a"))
    assert run(arguments) == 2
    assert sentence in capsys.readouterr().err
    assert not Path("excuses.toml").exists()
