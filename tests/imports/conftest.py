"""A library that has just begun, to move into."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepfree.__main__ import run

ANSWERS = Path(__file__).parent.parent / "founding" / "answers"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a library in Ohio, with two branches; the working folder."""
    folder = tmp_path / "library"
    assert run(["init", str(folder), "--answers", str(ANSWERS / "ohio.toml")]) == 0
    monkeypatch.chdir(folder)
    monkeypatch.setenv("STEPFREE_TODAY", "2026-11-28")
    capsys.readouterr()
    return folder
