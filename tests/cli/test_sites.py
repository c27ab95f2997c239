"""Several sites in one run: a report each, one summary, and no site keeps another from being looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from audit.errors import ExitCode, UsageError
from benchmarks.documents.description import USUAL, Description
from benchmarks.documents.making import make
from stepfree.__main__ import run
from stepfree.sites import listed

CLEAN: Description = {**USUAL, "body": [{"heading": "Hours"}, {"paragraph": "Doors open at ten in the morning."}]}
FAULTY: Description = {**USUAL, "body": [{"heading": "Hours"}, {"picture": {"alternative": None}}]}


def audited(folder: Path, lines: str) -> int:
    """Audit a list of folders of documents, which needs no browser."""
    for name, description in (("clean", CLEAN), ("faulty", FAULTY)):
        (folder / name).mkdir()
        make(description, "docx", folder / name / "hours.docx")
    (folder / "sites.txt").write_text(lines, encoding="utf-8")
    return run(["audit", "--sites", "sites.txt", "--no-browser", "--profile", "wcag22-aa", "--output", "out"])


@pytest.mark.parametrize(
    ("lines", "code", "good"),
    [
        ("clean Our papers\n", ExitCode.NOTHING_BLOCKS, "one of one site"),
        ("# remark\n\nclean Our papers\nfaulty  Old <papers>\n", ExitCode.BLOCKING_FINDINGS, "one of two sites"),
        ("gone\nfaulty\nclean\n", ExitCode.USAGE, "one of three sites"),
    ],
)
def test_each_site_has_a_report_and_all_a_summary(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: str,
    code: ExitCode,
    good: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert audited(tmp_path, lines) == code
    said = capsys.readouterr().out
    assert f"Nothing blocks publishing at {good}." in said
    page = BeautifulSoup((tmp_path / "out" / "sites.html").read_bytes(), "lxml")
    rows = page.select("tbody tr")
    assert len(rows) == sum(1 for line in lines.splitlines() if line and not line.startswith("#"))
    for row in rows:
        name = row.select_one("th")
        assert name is not None
        assert name.get_text() in {"Our papers", "Old <papers>", "gone", "faulty", "clean"}
        for link in name.select("a"):
            assert (tmp_path / "out" / str(link["href"])).is_file()
    summary = (tmp_path / "out" / "sites.md").read_text(encoding="utf-8")
    assert summary.count("\n|") == len(rows) + 2


def test_two_sites_never_share_a_report(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_text("https://a.example.org/ Café\nhttps://b.example.org/ cafe\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"sites\.txt:2: “cafe” would write its report over that of “Café” \(line 1\)"):
        listed(file)


@pytest.mark.parametrize("arguments", [[], ["a", "--sites", "sites.txt"], ["--sites", "sites.txt", "--manifest", "m"]])
def test_what_contradicts_itself_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sites.txt").write_text("a\n", encoding="utf-8")
    assert run(["audit", *arguments]) == ExitCode.USAGE
    assert "--sites" in capsys.readouterr().err


def test_a_list_without_a_site_is_told(tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_text("# none yet\n", encoding="utf-8")
    with pytest.raises(UsageError, match="there is no site in it"):
        listed(tmp_path / "sites.txt")
