"""The benchmark of what an audit costs measures what it says it does."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from benchmarks.detection.pages import chosen
from benchmarks.results import write
from benchmarks.speed.__main__ import _table
from benchmarks.speed.measuring import Spent, measured
from benchmarks.speed.tools import Tool, tools

BUSY = "import time\nwhile time.process_time() < 0.3: pass"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are given back on Linux only")
def test_the_time_of_processes_that_leave_the_family_is_counted(tmp_path: Path) -> None:
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}], start_new_session=True); print('gone')"
    run = measured([sys.executable, "-c", orphan], tmp_path)
    assert run.status == 0
    assert "gone" in run.output
    assert run.cpu >= 0.3


def test_pages_that_send_visitors_on_are_not_measured(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.html").write_text("x", encoding="utf-8")
    (tmp_path / "0.html").write_text('<meta http-equiv="refresh" content="0; url=1.html">', encoding="utf-8")
    (tmp_path / "404.html").write_text("x", encoding="utf-8")
    assert chosen(tmp_path, 3) == ["1.html", "4.html", "7.html"]
    assert len(chosen(tmp_path, 100)) == 9


def test_what_was_not_measured_is_said_and_a_bar_that_is_missed_ends_with_one() -> None:
    measuring = tools(None)
    plain, alone, whole = measuring[:3]
    spent = {plain.name: [Spent(4.0, 4.0, 0)], whole.name: [Spent(9.0, 12.0, 1), Spent(8.4, 9.0, 1)]}
    lines, status = _table(measuring, spent, {alone.name: "failed with status 5: no"}, 2)
    assert status == 1
    assert f"| {whole.name} | 4.20 | 2.10 | 2.25 |" in lines
    assert any("failed with status 5" in line for line in lines)
    assert any("not measured; the bar is 0.3" in line for line in lines)
    assert _table(measuring, {**spent, whole.name: [Spent(8.0, 9.0, 1)]}, {}, 2)[1] == 0


def test_a_tool_that_is_not_there_says_so() -> None:
    missing = {tool.name for tool in tools(None) if tool.missing}
    assert missing == {"pa11y-ci, axe runner", "@axe-core/cli"}
    assert all(isinstance(tool, Tool) for tool in tools(None))


def test_a_measurement_replaces_the_last_one_of_its_name(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    for heading, line in (("One", "first"), ("Two", "third"), ("One", "second")):
        write(heading, [line], dt.date(2026, 11, 28), page)
    text = page.read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert "first" not in text
    assert text.index("second") < text.index("third")
