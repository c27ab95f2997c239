"""Annotations stay within what GitHub shows, and nothing in them can be a command of its own."""

from __future__ import annotations

from dataclasses import replace

from audit.model import Finding, Outcome, PageResult, PageState
from audit.report_model import Report
from stepfree.annotations import command, commands
from tests.audit.making import content, finding


def report(*findings: Finding, missed: bool = False) -> Report:
    state = PageState.NOT_AUDITED if missed else PageState.AUDITED
    return Report(
        {}, "aoda", "build/site", (PageResult("/", None, state, "It did not load." if missed else None),), findings
    )


def test_a_finding_lands_on_its_line() -> None:
    first, one = commands(report(finding(source=content(), blocking=True)))
    assert first == "::error title=Accessibility%3A 1 finding (blocking)::1 finding blocking."
    assert one.startswith(
        "::error file=content/pages/a.md,line=7,title=A fault (a-fault)::The picture has no alternative.%0A"
    )


def test_at_most_ten_of_each_kind_and_the_first_counts_all() -> None:
    many = [finding(key=f"k{n}", source=content(line=n), blocking=n % 2 == 0) for n in range(1, 61)]
    lines = list(commands(report(*many)))
    errors = [line for line in lines if line.startswith("::error")]
    warnings = [line for line in lines if line.startswith("::warning")]
    assert (len(errors), len(warnings)) == (10, 10)
    assert "30 findings blocking; 21 of them only in the report." in errors[0]


def test_an_incomplete_audit_is_said_first_and_keeps_the_limit() -> None:
    many = [finding(key=f"k{n}", source=content(line=n), blocking=True) for n in range(1, 21)]
    errors = list(commands(report(*many, missed=True)))
    assert len(errors) == 10
    assert "The audit is incomplete" in errors[0]


def test_known_and_excused_findings_are_not_annotated() -> None:
    assert list(commands(report(finding(state="known"), finding(state="excused")))) == []


def test_facts_come_before_questions() -> None:
    question = finding(key="q", kind=Outcome.CANT_TELL, source=content(line=1))
    fact = finding(key="f", source=content(line=2))
    _, first, second = commands(report(question, fact))
    assert "line=2" in first
    assert "line=1" in second


def test_a_finding_without_a_file_names_its_page() -> None:
    _, one = commands(report(finding(pages=("/a/",))))
    assert "::/a/: The picture" in one


def test_nothing_in_a_text_can_be_a_command() -> None:
    nasty = replace(
        finding(source=content("content/a,line=1::x%.md")), message="one\r\n::error::two 100%", title="t:,\n::"
    )
    _, line = commands(report(nasty))
    assert "\n" not in line
    assert "\r" not in line
    assert "one%0D%0A::error::two 100%25" in line
    assert "file=content/a%2Cline=1%3A%3Ax%25.md" in line


def test_properties_are_escaped_more_than_data() -> None:
    assert command("error", "a:b,c", "a:b,c", file="x,y") == "::error file=x%2Cy,title=a%3Ab%2Cc::a:b,c"
