"""``stepfree init`` asks in plain words; a wrong answer is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from stepfree.commands.init import COMMAND

TYPED = """\
Fernhill Public Library

XX
Canada
Toronto
ontaria
ontario

mailto:info@fernhill.example.org
fernhill.example.org
www.fernhill.example.org/index.html
Fernhill branch
12 Mill Street
Fernhill
ON
K0M
k0m3a9
555-0171
705-555-0171

10 to 5
10:00-17:00





no




github-pages
"""


def test_a_wrong_answer_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(COMMAND, ["site"], input=TYPED)
    assert result.exit_code == 0, result.output
    for sentence in (
        "Please write the two letters of a country",
        "Did you mean “ontario”?",
        "Please write it with https://",
        "Please write it as K0M 1S0.",
        "Please write a number that can be dialled in full",
        "Please write it as 10:00-17:00.",
    ):
        assert sentence in result.output
    written = (tmp_path / "site/content/branches/fernhill-branch.md").read_text(encoding="utf-8")
    assert "tuesday: 10:00-17:00" in written
    assert (tmp_path / "site/.github/workflows/website.yml").is_file()
    library = (tmp_path / "site/content/library.yml").read_text(encoding="utf-8")
    for line in (
        "url: https://www.fernhill.example.org/",
        "timezone: America/Toronto",
        "country: CA",
        "postal_code: K0M 3A9",
    ):
        assert f"{line}\n" in library


def test_an_answer_is_asked_once_though_the_questions_are_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = TYPED.splitlines(keepends=True)
    first = CliRunner().invoke(COMMAND, ["site"], input="".join(lines[:14]))
    assert first.exit_code != 0
    assert "Your answers are saved." in first.output
    second = CliRunner().invoke(COMMAND, ["site"], input="".join(["yes\n", *lines[14:]]))
    assert second.exit_code == 0, second.output
    assert "name: Fernhill Public Library" in (tmp_path / "site/content/library.yml").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "site").glob(".init*")) == []
    # A folder with something in it is told before anything is asked.
    third = CliRunner().invoke(COMMAND, ["site"], input="")
    assert "full name" not in third.output
