"""Whoever ends the command, or one of its workers, leaves no browser behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

#: Where tests run in the background, some signals are ignored, and what they start would inherit that.
START = """
import signal
from stepfree.__main__ import main
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    main()
"""
PAGE = "<!doctype html><html lang=en><title>Page {0}</title><h1>Page {0}</h1><a href=/>Home</a>"


def _running(folder: Path) -> dict[int, str]:
    """Processes with something below the folder on their command line."""
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return {int(row[0]): row[2] for row in rows if len(row) == 3 and row[1][0] != "Z" and f"{folder}/" in row[2]}


def _until(done: Callable[[], bool], seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Where browsers keep their files: a short path, because they open sockets in it."""
    with tempfile.TemporaryDirectory(prefix="t", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def audit(tmp_path: Path, scratch: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``stepfree audit`` on some pages."""
    site = tmp_path / "site"
    site.mkdir()
    for number in range(40):
        (site / f"{number}.html").write_text(PAGE.format(number), encoding="utf-8")
    (site / "index.html").write_text(PAGE.format("one"), encoding="utf-8")
    environment = {**os.environ, "TMPDIR": str(scratch)}
    command = [sys.executable, "-c", START, "audit", str(site), "--no-cache", "--workers", "1"]
    process = subprocess.Popen(
        [*command, "--output", str(tmp_path / "report")],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait()


def _browser(scratch: Path) -> bool:
    return any("--type=renderer" in arguments for arguments in _running(scratch).values())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_asked_to_end_it_ends_its_browsers_and_says_how_far_it_came(
    audit: subprocess.Popen[bytes], scratch: Path, tmp_path: Path, number: signal.Signals
) -> None:
    assert _until(lambda: _browser(scratch))
    audit.send_signal(number)
    assert audit.wait(60) == 4
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert report["summary"]["not_audited"] > 0
    assert "interrupted" in report["errors"][0]["sentence"]
    assert _until(lambda: not _running(scratch), 10), _running(scratch)
    assert not list(scratch.iterdir())


def test_a_worker_that_is_killed_leaves_no_browser(audit: subprocess.Popen[bytes], scratch: Path) -> None:
    assert _until(lambda: _browser(scratch))
    first = set(_running(scratch))
    folder = next(each for each in scratch.glob("stepfree-*/stepfree-browser-*") if each.is_dir())
    os.kill(int(folder.name.split("-")[2]), signal.SIGKILL)
    assert _until(lambda: not first & set(_running(scratch)), 30), _running(scratch)
    # Another worker goes on, with another browser.
    assert _until(lambda: _browser(scratch))


def test_a_worker_that_is_asked_to_end_ends_its_browser(audit: subprocess.Popen[bytes], scratch: Path) -> None:
    assert _until(lambda: _browser(scratch))
    first = set(_running(scratch))
    folder = next(each for each in scratch.glob("stepfree-*/stepfree-browser-*") if each.is_dir())
    os.kill(int(folder.name.split("-")[2]), signal.SIGTERM)
    assert _until(lambda: not first & set(_running(scratch)), 30), _running(scratch)
