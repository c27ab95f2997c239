"""The report itself: its schema, its bytes, and what its reader refuses."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from audit.errors import ExitCode, UsageError
from audit.model.finding import PageResult, PageState
from audit.model.report import Report, RunError, Verdict, ordered
from audit.reports.reading import from_json
from audit.reports.sentences import headline
from audit.reports.writing import ranges, to_data, to_json
from tests.reports import samples

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("size", [0, 1, 40])
def test_report_fits_its_published_schema(size: int, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(to_json(samples.report(size))))


def test_hostile_report_fits_its_schema_and_comes_back(validator: jsonschema.Draft202012Validator) -> None:
    data = to_json(samples.hostile(30))
    validator.validate(json.loads(data))
    assert to_json(from_json(data)) == data


def test_reading_gives_the_same_report() -> None:
    report = samples.report(60)
    assert from_json(to_json(report)) == report


def test_order_of_input_does_not_change_the_bytes() -> None:
    report = samples.report(60)
    shuffled = random.Random(7)

    def mixed[T](values: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(shuffled.sample(values, len(values)))

    other = replace(
        report,
        pages=mixed(report.pages),
        findings=mixed(report.findings),
        rules=mixed(report.rules),
        criteria=mixed(report.criteria),
        tool=dict(reversed(list(report.tool.items()))),
    )
    assert to_json(other) == to_json(report)


def test_only_the_tool_block_differs_between_versions() -> None:
    report = samples.report(20)
    first, second = to_data(report), to_data(replace(report, tool={"stepfree": "9.9.9"}))
    assert first.pop("tool") != second.pop("tool")
    assert first == second


@pytest.mark.slow
def test_ten_thousand_findings_come_back_quickly() -> None:
    report = samples.report(10_000)
    assert len(from_json(to_json(report)).findings) == 10_000


@pytest.mark.parametrize(
    ("numbers", "text"), [((), ""), ((4,), "4"), ((0, 1, 2, 3, 7), "0-3,7"), ((9, 2, 3, 2), "2-3,9")]
)
def test_places_are_written_shortly(numbers: tuple[int, ...], text: str) -> None:
    assert ranges(numbers) == text


class TestVerdict:
    def clear(self) -> Report:
        return samples.report(0)

    def test_nothing_found_is_clear(self) -> None:
        assert (self.clear().verdict, self.clear().exit_code) == (Verdict.CLEAR, ExitCode.NOTHING_BLOCKS)

    def test_no_page_is_never_a_pass(self) -> None:
        report = replace(self.clear(), pages=(PageResult("/", None, PageState.EXCLUDED, "reason"),))
        assert (report.verdict, report.exit_code) == (Verdict.NOTHING, ExitCode.NOTHING_TO_AUDIT)

    def test_a_page_not_audited_makes_it_incomplete(self) -> None:
        missing = PageResult("/x/", None, PageState.NOT_AUDITED, "never settled")
        assert replace(self.clear(), pages=(*self.clear().pages, missing)).exit_code == ExitCode.INCOMPLETE

    def test_an_error_wins_over_blocking_findings(self) -> None:
        report = replace(
            self.clear(), findings=(samples.finding(),), errors=(RunError("fake-list", "crashed", "rule"),)
        )
        assert report.exit_code == ExitCode.INCOMPLETE
        assert report.summary.blocking == 1

    def test_known_and_excused_findings_do_not_block(self) -> None:
        findings = (samples.finding(state="known"), samples.finding(line=3, state="excused"))
        report = replace(self.clear(), findings=findings)
        assert report.exit_code == ExitCode.NOTHING_BLOCKS
        assert (report.summary.known, report.summary.excused, report.summary.failed) == (1, 1, 1)

    def test_what_belongs_to_somebody_else_is_counted_apart(self) -> None:
        findings = (samples.finding(state="theirs", blocking=False), samples.finding(line=3))
        report = replace(self.clear(), findings=findings)
        assert (report.summary.theirs, report.summary.failed, report.summary.blocking) == (1, 1, 1)
        assert headline(report).startswith("One finding belongs to somebody else and is counted apart. ")
        assert replace(report, findings=findings[:1]).exit_code == ExitCode.NOTHING_BLOCKS

    def test_a_report_of_a_version_without_regions_is_read(self) -> None:
        data = json.loads(to_json(samples.report(3)))
        del data["summary"]["theirs"]
        for each in data["findings"]:
            del each["region"]
        assert from_json(json.dumps(data).encode(), "old").findings == samples.report(3).findings


def _spoilt(**changes: Any) -> bytes:
    data: dict[str, Any] = json.loads(to_json(samples.report(3)))
    for place, value in changes.items():
        at: Any = data
        *way, last = [int(part) if part.isdigit() else part for part in place.split("__")]
        for part in way:
            at = at[part]
        if value is ...:
            del at[last]
        else:
            at[last] = value
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "cannot be read as JSON"),
        (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b"[]", "contains a list, not an object"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b'{"schema": "stepfree-report/1", "schema": "x"}', "appears twice"),
        (b'{"schema": "stepfree-report/2"}', "not a report of the schema stepfree-report/1"),
        (b'{"schema": NaN}', "NaN is not a JSON number"),
        (_spoilt(findings__1__outcome="passed"), "findings[1].outcome"),
        (_spoilt(findings__1__outcome="fail"), "should be one of"),
        (_spoilt(findings__0__blocking="yes"), "findings[0].blocking"),
        (_spoilt(findings__0__requirements=None), "findings[0].requirements is null"),
        (_spoilt(findings__0__requirements__wcag=[1]), "findings[0].requirements.wcag[0]"),
        (_spoilt(findings__0__source__line=0), "findings[0].source.line"),
        (_spoilt(findings__0__source__line=True), "findings[0].source.line"),
        (_spoilt(findings__0__target__box=[1, 2, 3]), "four numbers"),
        (_spoilt(findings__0__titel="x"), "Did you mean “title”?"),
        (_spoilt(findings__0__message=...), "findings[0].message is missing"),
        (_spoilt(findings__0__count=0), "a whole number from 1"),
        (_spoilt(findings={}), "findings is {}, but should be a list"),
        (_spoilt(pages__0__state="fine"), "audited, not_audited, excluded"),
        (_spoilt(summary__blocking=0, summary__failed=0), "but its lists have"),
        (_spoilt(summary__audited=True), "summary.audited"),
        (_spoilt(rules__0__passed="0-99999"), "not a place in “pages”"),
        (_spoilt(rules__0__passed="2-1"), "not a place in “pages”"),
        (_spoilt(rules__0__passed="zero"), "places like 0-3,7"),
        (_spoilt(tool__browser=7), "tool.browser"),
        (_spoilt(excused=[]), "newer version"),
    ],
)
def test_refuses_with_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UsageError, match=r"^base\.json") as caught:
        from_json(data, "base.json")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_sorting_twice_changes_nothing() -> None:
    report = samples.report(50)
    assert ordered(ordered(report)) == ordered(report)
