"""The benchmark of what the audit costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import ExitCode
from audit.model.finding import Condition
from benchmarks.cost import main, verdict
from benchmarks.detection.cost import Cost, table


def _cost(everything: float) -> Cost:
    return Cost(
        pages=2,
        axe=2.0,
        visit=1.5,
        conditions={Condition.DARK: 1.75},
        everything=everything,
        rules={"page": 0.5, "media": 0.25},
    )


def test_the_bar_is_held_or_missed_by_all_that_was_spent() -> None:
    assert verdict(_cost(3.25))[1] == ExitCode.NOTHING_BLOCKS
    line, status = verdict(_cost(3.3))
    assert status == ExitCode.BLOCKING_FINDINGS
    assert "2.02 times" in line
    assert "missed" in line


def test_the_table_names_each_condition_and_family_per_page() -> None:
    rows = {line[:44].strip(): line[44:].split() for line in table(_cost(6.0)).splitlines()}
    assert rows["+ dark"] == ["125", "0.12"]
    assert rows["rules: media"] == ["125", "0.12"]
    assert rows["the whole audit"] == ["3375", "3.38"]


def test_without_a_site_nothing_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--site", str(tmp_path / "none")]) == ExitCode.NOTHING_TO_AUDIT
    assert "Build the site first" in capsys.readouterr().err
