"""Dates as authors write them: what is put in their place keeps everything else."""

from __future__ import annotations

import pytest

from audit.examination.examination import examine_source
from audit.rules import load
from audit.semantics.dates import dates_in
from audit.writing.source import SourceText


@pytest.mark.parametrize(
    ("text", "right", "said"),
    [
        ("Friday, December 3, 2026", "Thursday", "Thursday, December 3, 2026"),
        ("Fri. Dec. 3, 2026", "Thursday", "Thursday Dec. 3, 2026"),
        ("vendredi 3 décembre 2026", "jeudi", "jeudi 3 décembre 2026"),
    ],
)
def test_another_weekday(text: str, right: str, said: str) -> None:
    [(_, found)] = dates_in(text, french=text.startswith("v"))
    assert found.with_weekday(right) == said


@pytest.mark.parametrize(
    ("written", "near"),
    [("Friday", "2026-12-04"), ("Monday", "2026-11-30"), ("Sunday", "2026-12-06"), ("Wednesday", "2026-12-02")],
)
def test_the_nearest_day_with_that_weekday_is_named(written: str, near: str) -> None:
    source = SourceText("content/pages/a.md", f"Come on {written}, December 3, 2026.\n")
    (found,) = examine_source(source, [load()["weekday-contradicts-date"]]).outcomes
    assert f"the nearest {written} is {near}." in found.fix
