"""What a failing test of the browser gets, and what others do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.site.projects import REPOSITORY

TESTS = """
import time
import pytest
runs = {"once": 0, "always": 0, "without": 0}

@pytest.mark.browser
def test_once(tmp_path):
    runs["once"] += 1
    assert runs["once"] == 2

@pytest.mark.browser
def test_always():
    runs["always"] += 1
    assert False, runs["always"]

@pytest.mark.browser
@pytest.mark.timeout(1)
def test_hanging():
    time.sleep(90)

def test_without():
    runs["without"] += 1
    assert runs["without"] == 2

@pytest.mark.browser
def test_right(tmp_path):
    assert tmp_path.is_dir()
"""


def test_a_browser_test_that_fails_is_run_once_more_and_told(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: needs one\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.second_look", "-p", "no:cacheprovider", "-q", str(tmp_path)]
    run = subprocess.run(
        [*command, "-c", str(tmp_path / "pytest.ini"), f"--rootdir={tmp_path}"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert run.returncode == 1
    assert "3 failed, 2 passed" in run.stdout
    assert "1 passed at the second look" in run.stdout
    assert "test_it.py::test_once: " in run.stdout
    assert "AssertionError: 2" in run.stdout, "a test that fails twice tells the second failure"
    assert "test_without: " not in run.stdout
