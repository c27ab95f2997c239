"""The detection benchmark counts as the W3C's implementation reports do."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import ExitCode
from benchmarks.detection.__main__ import main
from benchmarks.detection.act import Case, Said, Score, score
from benchmarks.detection.govuk import Barrier
from benchmarks.detection.govuk import score as score_barriers
from benchmarks.detection.report import by_outcomes, missed_bars

PRIMARY, ALLOWED = frozenset({"1.1.1"}), frozenset({"1.1.1", "4.1.2"})


def case(path: str, expected: str) -> Case:
    return Case("abc123", "An invented rule", expected, path, PRIMARY, ALLOWED)


CASES = [case("f1", "failed"), case("f2", "failed"), case("p", "passed"), case("i", "inapplicable")]


def said(procedure: str, outcome: str = "failed", wcag: str = "1.1.1", *, declares: bool = True) -> Said:
    return Said(procedure, outcome, frozenset({"abc123"} if declares else ()), frozenset({wcag}), "what is there")


def scored(**pages: list[Said]) -> Score:
    (result,) = score(CASES, {case.address: pages.get(case.path, []) for case in CASES})
    return result


def test_complete_when_consistent_procedures_report_every_failing_case() -> None:
    result = scored(f1=[said("a")], f2=[said("b")])
    assert (result.status, result.caught, result.consistent) == ("complete", 2, ["a", "b"])


def test_partial_when_a_failing_case_is_missed() -> None:
    result = scored(f1=[said("a")])
    assert (result.status, result.caught, [each.path for each in result.missed]) == ("partial", 1, ["f2"])


@pytest.mark.parametrize("silent", ["p", "i"])
def test_a_procedure_that_fails_a_passed_or_inapplicable_case_counts_nowhere(silent: str) -> None:
    result = scored(f1=[said("a")], f2=[said("a")], **{silent: [said("a")]})
    assert (result.status, result.caught, result.false_cases) == ("inconsistent", 0, 1)


def test_other_criteria_than_the_rule_names_make_it_partial_but_complete_by_outcomes() -> None:
    other = scored(f1=[said("a", wcag="1.2.1")], f2=[said("a", wcag="1.2.1")])
    missing = scored(f1=[said("a", wcag="1.2.1")])
    assert other.status == "partial"
    assert by_outcomes([other, missing, scored()]) == 1


def test_a_bar_that_is_missed_is_named() -> None:
    good = scored(f1=[said("a")], f2=[said("a")])
    assert missed_bars([good], []) == []
    wrong = scored(f1=[said("a"), said("b")], f2=[said("a")], p=[said("b")])
    assert missed_bars([wrong], []) == ["50.0 % of the other cases are reported; 0.5% are allowed."]
    assert [sentence.split(";")[0] for sentence in missed_bars([scored()], [])] == [
        "0 of 1 ACT rules are complete",
        "0.0 % of the failing cases are caught",
        "0 of the remaining ACT rules are answered",
    ]


def test_another_procedure_is_not_spoiled_by_it() -> None:
    result = scored(f1=[said("a"), said("b")], f2=[said("b")], p=[said("a")])
    assert (result.status, result.consistent, result.false_cases) == ("complete", ["b"], 1)


def test_a_question_on_a_passed_case_is_not_false() -> None:
    assert scored(f1=[said("a")], f2=[said("a")], p=[said("a", "cantTell")]).false_cases == 0


def test_a_question_on_a_failing_case_is_asked_not_caught() -> None:
    result = scored(f1=[said("a", "cantTell")], f2=[said("a", "cantTell")])
    assert (result.status, result.caught, result.asked) == ("none", 0, 2)


def test_what_does_not_declare_the_rule_is_named_but_does_not_count() -> None:
    result = scored(f1=[said("a", declares=False)], f2=[said("a", declares=False)])
    assert (result.status, result.caught, result.undeclared) == ("none", 0, ["a"])


def test_a_criterion_that_the_act_rule_does_not_name_makes_it_partial() -> None:
    result = scored(f1=[said("a", wcag="2.4.4")], f2=[said("a", wcag="2.4.4")])
    assert result.status == "partial"
    assert len(result.mapping) == 2


def test_a_barrier_is_found_only_by_a_rule_that_is_about_it() -> None:
    barrier = Barrier("Images", "Image with no alt attribute", "tests/a.html", ("example-pages/b.html",))
    judged = {"Image with no alt attribute": ("right",)}
    (other,) = score_barriers([barrier], {"/tests/a.html": [said("wrong")]}, judged)
    (asked,) = score_barriers([barrier], {"/tests/a.html": [said("right", "cantTell")]}, judged)
    (linked,) = score_barriers([barrier], {"/example-pages/b.html": [said("right")]}, judged)
    assert [each.found for each in (other, asked, linked)] == ["missed", "asked", "failed"]
    assert [each.procedure for each in other.others] == ["wrong"]


def test_missing_test_pages_are_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpora", str(tmp_path), "--cache", str(tmp_path / "cache")]) == ExitCode.NOTHING_TO_AUDIT
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "nothing was measured" in error
