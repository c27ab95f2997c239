"""New, mended, unchanged and not comparable: four groups, and nothing lost between them."""

from __future__ import annotations

from dataclasses import replace

from audit.errors import ExitCode
from audit.judgement.comparison import compare
from audit.model.finding import Finding, FindingState, PageResult, PageState, Requirements
from audit.model.report import Report, RuleResult
from audit.reports.comparison import to_data
from tests.audit.making import content, finding, theme


def report(
    *findings: Finding,
    missed: tuple[str, ...] = (),
    pages: tuple[str, ...] = ("/", "/a/", "/b/"),
    rules: tuple[str, ...] = ("a-fault",),
) -> Report:
    states = [
        PageResult(
            page,
            None,
            PageState.NOT_AUDITED if page in missed else PageState.AUDITED,
            "It did not load." if page in missed else None,
        )
        for page in pages
    ]
    return Report(
        tool={},
        profile="aoda",
        target="build/site",
        pages=tuple(states),
        findings=findings,
        rules=tuple(RuleResult(each, "A fault", requirements=Requirements()) for each in rules),
    )


def test_two_equal_reports_differ_in_nothing() -> None:
    one = report(finding(source=content()))
    found = compare(one, one)
    assert (len(found.unchanged), found.new, found.gone, found.not_comparable) == (1, (), (), ())
    assert found.exit_code is ExitCode.NOTHING_BLOCKS


def test_a_new_fault_that_blocks() -> None:
    found = compare(report(), report(finding(source=content(), blocking=True)))
    assert len(found.new) == 1
    assert found.exit_code is ExitCode.BLOCKING_FINDINGS


def test_a_new_fault_that_does_not_block() -> None:
    assert compare(report(), report(finding(source=content()))).exit_code is ExitCode.NOTHING_BLOCKS


def test_a_fault_that_moved_is_unchanged() -> None:
    before = finding(source=content(line=7))
    moved = replace(before, source=content(line=19))
    assert len(compare(report(before), report(moved)).unchanged) == 1


def test_a_fault_in_a_renamed_file_is_unchanged() -> None:
    before = finding(source=content())
    renamed = replace(before, key="k2", source=content("content/pages/b.md"), pages=("/b/",), page="/b/")
    found = compare(report(before), report(renamed))
    assert (len(found.unchanged), found.new, found.gone) == (1, (), ())


def test_a_second_equal_fault_is_new() -> None:
    before = finding(source=content())
    found = compare(report(before), report(before, replace(before, key="k2")))
    assert [each.key for each in found.new] == ["k2"]


def test_a_mended_fault() -> None:
    assert len(compare(report(finding(source=content())), report()).gone) == 1


def test_a_fault_on_a_page_that_was_not_opened_is_not_called_mended() -> None:
    found = compare(report(finding(source=content(), pages=("/a/",))), report(missed=("/a/",)))
    assert found.gone == ()
    assert [each.reason for each in found.not_comparable] == ["/a/ was not audited there: It did not load."]
    assert found.exit_code is ExitCode.INCOMPLETE


def test_a_fault_on_a_page_that_the_base_did_not_open_is_not_called_new() -> None:
    found = compare(report(missed=("/a/",)), report(finding(source=content(), pages=("/a/",), blocking=True)))
    assert (found.new, len(found.not_comparable)) == ((), 1)


def test_a_fault_on_a_page_that_the_change_adds_is_new() -> None:
    found = compare(report(pages=("/",)), report(finding(source=content(), pages=("/a/",))))
    assert len(found.new) == 1


def test_a_rule_that_the_base_did_not_have_makes_nothing_new() -> None:
    found = compare(report(rules=("other",)), report(finding(source=content())))
    assert [each.reason for each in found.not_comparable] == ["The rule a-fault did not run there."]


def test_an_excused_fault_is_neither_new_nor_mended() -> None:
    one = finding(source=content())
    found = compare(report(one), report(replace(one, state=FindingState.EXCUSED)))
    assert (found.new, found.gone, found.not_comparable) == ((), (), ())


def test_without_a_source_a_fault_on_more_pages_is_new_there() -> None:
    before = finding(pages=("/",))
    found = compare(report(before), report(replace(before, pages=("/", "/a/", "/b/"), count=3)))
    (spread,) = found.new
    assert (spread.page, spread.pages) == ("/a/", ("/a/", "/b/"))


def test_a_theme_fault_on_more_pages_is_not_new() -> None:
    before = finding(source=theme(), pages=("/",))
    assert compare(report(before), report(replace(before, pages=("/", "/a/")))).new == ()


def test_the_data_counts_each_group() -> None:
    data = to_data(compare(report(finding(source=content())), report(finding(key="n", loose="n", source=content()))))
    assert data["summary"] == {
        "new": 1,
        "gone": 1,
        "unchanged": 0,
        "not_comparable": 0,
        "blocking": 0,
        "incomplete": False,
    }
