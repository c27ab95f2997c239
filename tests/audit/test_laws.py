"""The laws as data: what each asks, what blocks, and what a report says of a finding."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.model.finding import Finding, Outcome, Requirements
from audit.reports.article import obligation
from audit.run.order import Order
from audit.settings.config import find
from audit.standards import profiles
from audit.standards.laws import laws


def finding(*wcag: str, aoda: tuple[str, ...] = ()) -> Finding:
    return Finding(
        key="k", rule="a-rule", title="A title", outcome=Outcome.FAILED, blocking=True, message="Words.",
        fix="Mend it.", why="It matters.", requirements=Requirements(wcag=wcag, aoda=aoda), page="/",
        target=None, conditions=(), source=None,
    )  # fmt: skip


def order(folder: Path, text: str, **more: object) -> Order:
    (folder / "stepfree.toml").write_text(text, encoding="utf-8")
    return Order("site", find(None, folder), **more)  # type: ignore[arg-type]


def test_every_law_names_a_profile_and_where_to_read_it() -> None:
    assert {law.profile for law in laws().values()} <= profiles().keys()
    assert all(law.source.startswith("https://") and law.short for law in laws().values())


def test_the_ada_rule_asks_fifty_criteria_from_the_days_of_2026() -> None:
    law = laws()["us-ada"]
    assert len(profiles()[law.profile].criteria) == 50
    assert sorted(law.dates.values()) == [dt.date(2027, 4, 26), dt.date(2028, 4, 26)]
    assert "26 April 2027" in law.note()


@pytest.mark.parametrize(
    ("text", "profile", "block"),
    [
        ("", "wcag22-aa", ("wcag22-aa",)),
        ('[site]\njurisdiction = "none"\n', "wcag22-aa", ("wcag22-aa",)),
        ('[site]\njurisdiction = "us-ada"\n', "wcag22-aa", ("wcag21-aa",)),
        ('[site]\njurisdiction = "ontario"\n', "wcag22-aa", ("aoda",)),
        ('[audit]\nblock = ["wcag20-aa"]\n[site]\njurisdiction = "uk"\n', "wcag22-aa", ("wcag20-aa",)),
    ],
)
def test_what_blocks_follows_from_the_law(tmp_path: Path, text: str, profile: str, block: tuple[str, ...]) -> None:
    policy = order(tmp_path, text).policy
    assert (policy.profile, policy.block) == (profile, block)


def test_a_law_that_is_not_known_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="us-ada"):
        order(tmp_path, '[site]\njurisdiction = "us-adaa"\n')


@pytest.mark.parametrize(
    ("wcag", "jurisdiction", "words"),
    [
        ("1.1.1", None, "WCAG 2.0, Level A"),
        ("1.1.1", "none", "WCAG 2.0, Level A"),
        ("1.1.1", "ontario", "Part of Ontario’s rule"),
        ("1.4.10", "us-ada", "Part of the US ADA rule"),
        ("2.5.8", "us-ada", "WCAG 2.2, Level AA, beyond the US ADA rule"),
        ("2.5.8", "uk", "Part of the UK regulations"),
        ("1.4.10", "ontario", "WCAG 2.1, Level AA, beyond Ontario’s rule"),
    ],
)
def test_a_report_speaks_of_the_law_that_the_site_is_under(wcag: str, jurisdiction: str | None, words: str) -> None:
    assert obligation(finding(wcag), None, jurisdiction) == words


def test_no_word_of_ontario_where_another_law_holds() -> None:
    said = [
        obligation(finding(*wcag), None, name)
        for name in (*laws(), None)
        if name != "ontario"
        for wcag in (("1.1.1",), ("1.2.4",), ("1.4.10",), ("2.5.8",), ("2.4.9",), ())
    ]
    assert not [words for words in said if "Ontario" in words or "advice" in words]
