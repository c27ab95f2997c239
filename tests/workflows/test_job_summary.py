"""The job summary stays within GitHub's limit and says when it left something out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stepfree.job_summary import CUT, LIMIT, MISSING, bounded

ROOT = Path(__file__).parents[2]


def test_the_limit_is_below_what_github_takes() -> None:
    assert LIMIT < 1024 * 1024


def test_a_report_that_fits_is_left_as_it_is() -> None:
    report = "# Report\n\nNothing blocks.\n"
    assert bounded(report) == report
    assert bounded(report, limit=len(report)) == report


@pytest.mark.parametrize("limit", [400, 1000, 5003])
@pytest.mark.parametrize("line", ["| a | cell |\n", "Une bibliothèque accessible à tous\n", "\u202e😀😀😀\n"])
def test_a_long_report_is_cut_between_lines_and_says_so(line: str, limit: int) -> None:
    summary = bounded(line * 5000, limit)
    assert len(summary.encode()) <= limit
    assert summary.endswith(CUT)
    assert set(summary.removesuffix(CUT).splitlines()) == {line.strip("\n")}


def test_as_much_as_fits_is_kept() -> None:
    summary = bounded("0123456789\n" * 5000, 1000)
    assert 1000 - 11 < len(summary.encode()) <= 1000


def test_an_open_code_block_is_closed() -> None:
    summary = bounded("````html\n" + "<li>```</li>\n```\n" * 500, 1000)
    assert summary.endswith("\n````" + CUT)


def test_a_closed_code_block_is_not_closed_again() -> None:
    summary = bounded("```\ncode\n```\n" + "text\n" * 500, 1000)
    assert summary.count("```") == 2


def test_open_details_are_closed() -> None:
    summary = bounded("<details><summary>Pages</summary>\n\n" + "- a page\n" * 500, 1000)
    assert summary.endswith("</details>" + CUT)


def test_details_in_a_code_block_are_text() -> None:
    summary = bounded("```\n<details>\n```\n" + "text\n" * 500, 1000)
    assert "</details>" not in summary


def test_one_endless_line_leaves_the_sentence_only() -> None:
    assert bounded("x" * 5000, 1000) == CUT


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it as the workflow does, but without anything that is installed (-S)."""
    return subprocess.run(
        [sys.executable, "-S", "-m", "stepfree.job_summary", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_needs_no_set_up_and_prints_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# Rapport d’accessibilité\n", encoding="utf-8")
    result = command(str(report))
    assert (result.returncode, result.stdout, result.stderr) == (0, "# Rapport d’accessibilité\n", "")


def test_a_missing_report_is_said_aloud(tmp_path: Path) -> None:
    result = command(str(tmp_path / "report.md"))
    assert (result.returncode, result.stdout, result.stderr) == (0, MISSING, "")


def test_wrong_usage_is_said_in_a_sentence() -> None:
    result = command()
    assert result.returncode == 2
    assert result.stderr.startswith("Name one Markdown report")
