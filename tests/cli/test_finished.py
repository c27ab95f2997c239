"""A check that has finished is not made again while nothing has changed, and always when something has."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.examination.examination import Examined, RuleCrash
from audit.model.finding import PageResult, PageState
from audit.model.report import Report, RunError
from audit.run.order import Order
from audit.run.run import Silence
from audit.run.store import Uses
from audit.run.worker import PageRecord
from audit.settings.config import find
from stepfree.finished import Finished
from tests.reports import samples
from tests.site.projects import REPOSITORY

REPORT = Report(
    tool={"stepfree": "1"},
    profile="wcag22-aa",
    target="build/site",
    pages=(PageResult("/", "index.html", PageState.AUDITED),),
    findings=(),
)
PAGE = PageRecord("/", PageState.AUDITED, uses=Uses({}))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose site is built, and a browser that only says its version."""
    root = tmp_path / "project"
    for name, text in {
        "build/site/index.html": "<title>Home</title>",
        "build/stepfree.log": "one",
        "content/pages/index.md": "Welcome.",
        ".git/index": "one",
        "stepfree.toml": '[paths]\nwords = "words.toml"\nrules = ["pack"]\n',
        "words.toml": "",
        "pack/quiet/rule.py": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\necho Browser 1\n")
    browser.chmod(0o755)
    monkeypatch.setenv("STEPFREE_BROWSER", str(browser))
    monkeypatch.chdir(root)
    return root


def of(**more: Any) -> Finished | None:
    order = Order("build/site", config=find(None, Path.cwd()), base=Path.cwd(), **more)
    return Finished.of(order, Path.cwd(), (Path("build"),))


def finished() -> Finished:
    found = of()
    assert found is not None
    return found


@pytest.mark.parametrize("report", [REPORT, samples.report(12)], ids=["clean", "with findings"])
def test_what_was_kept_is_found_with_its_pictures(root: Path, report: Report) -> None:
    assert finished().read() is None
    finished().write(report, {"a": b"\x89PNG"})
    assert finished().read() == (report, {"a": b"\x89PNG"})


def _write(name: str, text: str) -> Callable[[Path, pytest.MonkeyPatch], None]:
    def change(root: Path, _patch: pytest.MonkeyPatch) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)

    return change


def _other_browser(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root.parent / "browser").write_text("#!/bin/sh\necho Browser 2\n")


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "a page": _write("build/site/index.html", "<title>Hone</title>"),
    "a new file of the site": _write("build/site/new.txt", ""),
    "a source": _write("content/pages/index.md", "Welcone."),
    "a new source": _write("content/pages/new.md", ""),
    "a settings file": _write("stepfree.toml", '[audit]\nprofile = "aoda"\n[paths]\nrules = ["pack"]\n'),
    "our own words": _write("words.toml", "# one"),
    "a file that a rule may read": _write("data/hosts.csv", "1"),
    "a rule of a pack": _write("pack/quiet/rule.py", "# one"),
    "the browser": _other_browser,
    "the address": lambda _, patch: patch.setenv("SITEURL", "https://library.example.org"),
    "the day": lambda _, patch: patch.setenv("STEPFREE_TODAY", "2031-02-03"),
    "the day of visitors": lambda _, patch: patch.setattr("stepfree.finished.today", lambda _zone: "2031-02-03"),
    "the program": lambda _, patch: patch.setattr("stepfree.finished.program_digest", lambda: "another"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_decides_the_result_makes_a_new_check(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    finished().write(REPORT, {})
    change(root, monkeypatch)
    assert finished().read() is None


def test_what_commands_leave_behind_makes_none(root: Path) -> None:
    finished().write(REPORT, {})
    for name in ("build/stepfree.log", ".git/index"):
        (root / name).write_text("two")
    assert finished().read() == (REPORT, {})


def test_a_damaged_entry_is_none(root: Path) -> None:
    finished().write(REPORT, {})
    (kept,) = [path for path in finished().store.place.rglob("*") if path.is_file()]
    whole = kept.read_bytes()
    for at in range(0, len(whole), 41):
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert finished().read() is None, at
    kept.write_bytes(whole)
    assert finished().read() is not None


@pytest.mark.parametrize(
    "report",
    [
        replace(REPORT, errors=(RunError("the run", "The run was interrupted.", "run"),)),
        replace(REPORT, pages=(PageResult("/", "index.html", PageState.NOT_AUDITED, "No time."),)),
    ],
    ids=["broken off", "incomplete"],
)
def test_what_is_not_whole_is_not_kept(root: Path, report: Report) -> None:
    finished().write(report, {})
    assert finished().read() is None


@pytest.mark.parametrize(
    "record",
    [
        replace(PAGE, failures=("It did not answer.",)),
        replace(PAGE, uses=None),
        replace(PAGE, examined=Examined(crashes=(RuleCrash("list", "/", "It crashed."),))),
    ],
    ids=["at the second try", "made of who knows what", "with a crash"],
)
def test_one_page_that_might_come_out_otherwise_is_enough(root: Path, record: PageRecord) -> None:
    run = finished()
    hear = run.listening(Silence())
    for each in (PAGE, record, PAGE):
        hear.page(each)
    run.write(REPORT, {})
    assert finished().read() is None


def test_what_changed_meanwhile_is_not_kept(root: Path) -> None:
    run = finished()
    before = (root / "content/pages/index.md").read_text()
    (root / "content/pages/index.md").write_text("Meanwhile.")
    run.write(REPORT, {})
    assert finished().read() is None
    (root / "content/pages/index.md").write_text(before)
    assert finished().read() is None


def test_some_checks_are_always_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert of(use_cache=False) is None
    assert of(use_browser=False) is None
    assert of(grid="http://grid.example.org") is None
    monkeypatch.setenv("STEPFREE_BROWSER", "no browser")
    assert of() is None


def test_a_file_that_cannot_be_read_lets_nothing_be_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> str:
        raise PermissionError(path)

    monkeypatch.setattr("stepfree.finished.file_digest", refused)
    assert of() is None


def test_the_name_is_the_same_in_every_process(root: Path) -> None:
    """No set, whose order differs from process to process, is in the name."""
    code = "from tests.cli.test_finished import finished; print(finished().name)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (REPOSITORY, REPOSITORY / "plugins")))}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=100
    )
    assert told.stdout.strip() == finished().name
