"""No setting makes a site pass without saying what was not looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import ExitCode, UsageError
from audit.judgement.baseline import entry_of, text_of
from audit.model.finding import Json
from audit.model.report import Report
from audit.reports.sentences import headline
from audit.run.order import Order, narrowed
from audit.settings.config import Config, Exclusion, read_toml
from stepfree.known_faults import started
from tests.hostile.sites import page, run, write

TODAY = dt.date(2026, 11, 22)
OURS = Config(profile="everything", block=("aoda", "wcag22-aa"), block_rules=("broken-link",))


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order("site", OURS), ()),
        (Order("site", OURS, only=("page-without-title",)), ("Only the rule page-without-title ran.",)),
        (Order("site", OURS, block=("aoda",)), ("Only faults of aoda block in this run (--block).",)),
        (Order("site", OURS, block=("aoda", "wcag22-aa")), ()),
        (Order("site", OURS, profile="aoda"), ("Only faults of aoda are looked for in this run (--profile).",)),
        (
            Order("site", replace(OURS, block=(), block_rules=())),
            ("No fault of a page can block: block and block_rules name nothing.",),
        ),
    ],
)
def test_what_is_not_looked_at_is_said(order: Order, said: tuple[str, ...]) -> None:
    assert narrowed(order) == said


def test_it_is_said_in_the_first_sentence() -> None:
    report = Report(tool={}, profile="aoda", target="site", pages=(), findings=(), narrowed=("Only the rule a ran.",))
    assert headline(report).startswith("Only the rule a ran. ")


def test_a_typing_slip_in_what_blocks_is_an_error(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page()})
    path = write(tmp_path, {"stepfree.toml": '[audit]\nblock_rules = [\n "broken-lnk",\n]\n'}) / "stepfree.toml"
    with pytest.raises(UsageError, match=r"stepfree\.toml:3: block_rules names a rule “broken-lnk”") as error:
        run(site, tmp_path, config=Config(path=path, block_rules=("broken-lnk",)), only=())
    assert "broken-link" in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"x = {'[' * 9_000}{']' * 9_000}", "longer than any setting"),
        (f"[audit]\nworkers = {'9' * 5_000}", "longer than any setting"),
    ],
)
def test_a_value_without_end_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_toml(write(tmp_path, {"stepfree.toml": text}) / "stepfree.toml", "the configuration")


def test_what_is_no_file_is_not_read() -> None:
    # It never ends.
    with pytest.raises(UsageError, match="it is not a file"):
        read_toml(Path("/dev/zero"), "words")


def test_an_exclusion_that_has_run_out_excludes_nothing(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page(), "old/a.html": page()})
    left_out = Exclusion("/old/*", "kept for history", "stepfree.toml", 4, "Web team", dt.date(2026, 11, 21))
    report = run(site, tmp_path, config=Config(exclude=(left_out,)), use_browser=False, only=(), today=TODAY)
    assert report.summary.excluded == 0
    assert ("exclusion-expired", False) in [(each.rule, each.blocking) for each in report.findings]


def test_an_exclusion_for_ever_is_refused(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page(), "old/a.html": page()})
    left_out = Exclusion("/old/*", "kept for history", "stepfree.toml", 4, "Web team", dt.date(9999, 12, 31))
    with pytest.raises(
        UsageError, match=r"stepfree\.toml:4: excluding “/old/\*”: until 9999-12-31 is more than a year"
    ):
        run(site, tmp_path, config=Config(exclude=(left_out,)), use_browser=False, today=TODAY)


def test_a_site_without_a_policy_does_not_pass_by_its_baseline(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page()})
    duties: dict[str, Json] = {
        "jurisdiction": "ontario",
        "organization": "public-sector",
        "duties": {"policy": "/policy/"},
    }
    config = Config(site=duties, baseline=tmp_path / "baseline.toml")
    first = run(site, tmp_path, config=config, use_browser=False, only=(), today=TODAY)
    missing = [each for each in first.findings if each.rule == "missing-accessibility-policy"]
    assert [each.blocking for each in missing] == [True]
    (tmp_path / "baseline.toml").write_text(text_of([entry_of(each) for each in missing]))
    again = run(site, tmp_path, config=config, use_browser=False, only=(), today=TODAY)
    assert [each.blocking for each in again.findings if each.rule == "missing-accessibility-policy"] == [True]
    assert again.exit_code is ExitCode.INCOMPLETE
    assert "missing-accessibility-policy" not in {each.rule for each in started(replace(first, pages=()))}
