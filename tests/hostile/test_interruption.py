"""Whoever ends a run, at whatever stage, gets a report that can be read, and exit code 4."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from audit.browser.browser import BrowserSettings
from audit.errors import AuditIncomplete, ExitCode
from audit.model.report import Report
from audit.reports import prepare, write
from audit.reports.reading import from_json as parse
from audit.run.interruption import SIGNALS, held, interruptible, scratch_folder, sweep
from audit.run.pictures import page_pictures
from audit.run.run import Silence
from stepfree.__main__ import run as command
from tests.hostile.sites import page, run
from tests.hostile.sites import write as write_site

REPORT = Report(tool={}, profile="aoda", target="site", pages=(), findings=())


@pytest.fixture
def heard() -> Iterator[None]:
    """A process that is started in the background ignores some of them, and so would the tests."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_every_way_of_asking_is_one(number: signal.Signals, heard: object) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), interruptible():
        signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_asked_twice_at_once_is_asked_once(heard: object, monkeypatch: pytest.MonkeyPatch) -> None:
    began = []
    with interruptible():
        for _ in range(2):
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                began.append("writing what was found")
                signal.raise_signal(signal.SIGTERM)
        assert began == ["writing what was found"]
        monkeypatch.setattr("audit.run.interruption.ONCE", 0.0)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_what_is_held_is_done_to_its_end(heard: object) -> None:
    done = []
    with interruptible(), held() as asked:
        for number in SIGNALS:
            signal.raise_signal(number)
            done.append(number)
        assert asked()
    assert len(done) == len(SIGNALS)


def test_what_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruptible():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_broken_off_while_pages_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crawl(*_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("audit.run.run.crawl", crawl)
    report = run("http://127.0.0.1:9/", tmp_path)
    assert report.exit_code is ExitCode.INCOMPLETE
    assert [each.sentence for each in report.errors] == [
        "The run was interrupted while the site's pages were looked for."
    ]


def test_broken_off_while_pages_are_compared(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"index.html": page()})

    class Asking(Silence):
        def stage(self, words: str) -> None:
            if words == "Comparing pages":
                signal.raise_signal(signal.SIGTERM)

    with interruptible():
        report = run(site, tmp_path, use_browser=False, listener=Asking())
    assert [each.sentence for each in report.errors] == ["The run was interrupted."]
    assert [each.address for each in report.pages] == ["/"]


def test_broken_off_while_documents_are_read(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"index.html": page(), "one.docx": "no Word file", "two.docx": "no Word file"})

    class Asking(Silence):
        def stage(self, words: str) -> None:
            if words == "Reading documents":
                signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    with interruptible():
        report = run(site, tmp_path, use_browser=False, listener=Asking())
    assert report.exit_code is ExitCode.INCOMPLETE
    told = {each.address: each.reason for each in report.pages if each.address != "/"}
    assert told == dict.fromkeys(("/one.docx", "/two.docx"), "The run was interrupted before it.")


def test_broken_off_while_pictures_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path / "site", {"index.html": page()})
    monkeypatch.chdir(tmp_path)

    def taken(*_: object) -> Mapping[str, bytes]:
        assert parse((tmp_path / "out" / "report.json").read_bytes(), "report.json").errors == ()
        raise KeyboardInterrupt

    monkeypatch.setattr("stepfree.auditing._pictures", taken)
    assert command(["audit", "site", "--no-browser", "--output", "out"]) == ExitCode.INCOMPLETE
    report = parse((tmp_path / "out" / "report.json").read_bytes(), "report.json")
    assert [each.sentence for each in report.errors] == ["The run was interrupted."]


def test_pictures_that_take_too_long_are_left_out(tmp_path: Path) -> None:
    assert page_pictures(tmp_path, "/", (), {}, BrowserSettings(), clock=0.01) == {}


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = [f"stepfree-{int(gone.stdout)}-abc", f"stepfree-browser-{int(gone.stdout)}-def"]
    kept = [f"stepfree-{os.getpid()}-abc", "stepfree-notes", "other"]
    for name in (*left, *kept):
        (tmp_path / name / "records").mkdir(parents=True)
    (tmp_path / f"{left[1]}-driver.log").touch()
    sweep(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(kept)


def test_a_scratch_folder_goes_with_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_folder() as folder:
        assert folder.parent == tmp_path
        (folder / "records").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_where_reports_cannot_be_written_is_told_before_the_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_site(tmp_path / "site", {"index.html": page()})
    (tmp_path / "file").write_text("a file")
    monkeypatch.setattr("stepfree.auditing.audit", lambda *_: pytest.fail("it was audited"))
    assert command(["audit", str(tmp_path / "site"), "--output", str(tmp_path / "file" / "out")]) == ExitCode.USAGE
    assert "The report cannot be written to" in capsys.readouterr().err


def test_no_report_of_an_earlier_run_is_left(tmp_path: Path) -> None:
    write(REPORT, tmp_path, ["json", "csv"])
    prepare(tmp_path, ["json"])
    assert list(tmp_path.iterdir()) == []


def test_without_room_for_the_report_what_was_found_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(self: Path, data: bytes) -> int:
        if "report" in self.name:
            raise OSError(28, "No space left on device")
        with self.open("wb") as file:
            return file.write(data)

    write_site(tmp_path / "site", {"index.html": page()})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", full)
    code = command(["audit", "site", "--no-browser", "--output", "out"])
    assert code == ExitCode.INCOMPLETE
    told = capsys.readouterr()
    assert "No browser was to be used" in told.out
    assert "cannot be written" in told.err
    assert "No space left on device" in told.err


def test_without_room_for_pictures_the_report_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(tmp_path / "site", {"index.html": "<!doctype html><p>No title</p>"})
    monkeypatch.chdir(tmp_path)

    def taken(*_: object) -> Mapping[str, bytes]:
        def full(self: Path, data: bytes) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", full)
        return {"a": b"picture"}

    monkeypatch.setattr("stepfree.auditing._pictures", taken)
    monkeypatch.setattr("stepfree.auditing.audit", lambda *_: REPORT)
    assert command(["audit", "site", "--output", "out"]) == REPORT.exit_code
    assert (tmp_path / "out" / "report.html").is_file()


def test_half_a_report_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AuditIncomplete, match="No space left on device"):
        write(REPORT, tmp_path, ["json"])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_no_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "/some/place")

    monkeypatch.chdir(tmp_path)
    write_site(tmp_path / "site", {"index.html": page()})
    monkeypatch.setattr("stepfree.auditing.audit", full)
    code = command(["audit", str(tmp_path / "site"), "--output", str(tmp_path / "out")])
    assert code == ExitCode.INCOMPLETE
    assert "No space left on device (/some/place)." in capsys.readouterr().err


def test_a_grid_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"index.html": page(), "a.html": page()})
    with pytest.raises(AuditIncomplete, match="No Selenium Grid answers at http://127"):
        run(site, tmp_path, grid="http://127.0.0.1:9")
