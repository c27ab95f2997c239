"""The baseline holds what was known, only shrinks, and never reads as “nothing known”."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.judgement import baseline, gate, matching
from audit.judgement.findings import Merger
from audit.model.finding import Finding, PageState
from tests.audit.making import content, finding, outcome, rule

NAMES = {"a-fault": "a-fault", "new-name": "new-name", "old-name": "new-name"}
AUDITED = {"/": PageState.AUDITED}


def decide(
    findings: list[Finding], known: list[baseline.Known], states: dict[str, PageState] | None = None
) -> gate.Decided:
    return gate.decide(findings, [], [], known, "baseline.toml", dt.date(2026, 11, 22), {"a-fault"}, states or AUDITED)


def said(decided: gate.Decided) -> list[str]:
    return [each.rule for each in decided.outcomes]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    entries = [
        baseline.entry_of(finding(source=content())),
        baseline.entry_of(finding(key="k2", pages=("/a/", "/b/"), html='quotes " and \\ and “ and \x7f')),
    ]
    entries[1] = replace(entries[1], what='A "quoted" \\ text\nwith two lines')
    file = tmp_path / "baseline.toml"
    file.write_text(baseline.text_of(entries), encoding="utf-8")
    read = baseline.read(file, NAMES)
    assert {replace(each, line=0) for each in read} == set(entries)
    assert [each.line for each in read] == [4, 13]


@pytest.mark.parametrize("header", ["[[known]]  # since the move", "[[ known ]]", "  [[known]]"])
def test_no_entry_is_lost_however_its_header_is_written(tmp_path: Path, header: str) -> None:
    entries = [baseline.entry_of(finding(key=f"k{n}", source=content(line=n))) for n in range(1, 4)]
    file = tmp_path / "baseline.toml"
    text = baseline.text_of(entries).replace("[[known]]", header, 2)
    file.write_text(text, encoding="utf-8")
    read = baseline.read(file, NAMES)
    assert {replace(each, line=0) for each in read} == set(entries)
    assert [each.line for each in read] == [
        n for n, line in enumerate(text.splitlines(), 1) if "known" in line and "[[" in line
    ]


def test_the_file_does_not_depend_on_the_order(tmp_path: Path) -> None:
    entries = [baseline.entry_of(finding(key=f"k{n}", source=content(line=n))) for n in range(1, 5)]
    assert baseline.text_of(entries) == baseline.text_of(reversed(entries))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[known]]\nrule = 'a", "not valid TOML"),
        (
            "[[known]]\nrule = 'a-fault'",
            "baseline.toml:1: the entry has no “evidence”, “key”, “loose”, “what” and “where”",
        ),
        ("[[known]]\nrul = 'a-fault'", "unknown key “rul”. Did you mean “rule”?"),
        ("known = [[]]", "has entries [[known]] and nothing else"),
        ("known = 3", "has entries [[known]] and nothing else"),
        ("[[knwon]]\n", "has entries [[known]] and nothing else"),
    ],
)
def test_a_damaged_file_is_an_error(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "baseline.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        baseline.read(tmp_path / "baseline.toml", NAMES)
    assert sentence in str(caught.value)


def test_a_known_fault_does_not_block() -> None:
    one = finding(source=content(), blocking=True)
    (decided,) = decide([one], [baseline.entry_of(one)]).findings
    assert (decided.state, decided.blocking) == ("known", False)


def test_a_second_equal_fault_is_new() -> None:
    one = finding(source=content(), blocking=True)
    second = replace(one, key="k2")
    states = [each.state for each in decide([one, second], [baseline.entry_of(one)]).findings]
    assert states == ["known", "new"]


def test_a_fault_in_a_renamed_file_is_still_known() -> None:
    one = finding(source=content())
    moved = replace(one, key="other", source=content("content/pages/renamed.md"))
    (decided,) = decide([moved], [baseline.entry_of(one)]).findings
    assert decided.state == "known"


def test_changed_evidence_asks_to_be_confirmed() -> None:
    one = finding(source=content())
    decided = decide([replace(one, evidence_digest="e2")], [baseline.entry_of(one)])
    assert (decided.findings[0].state, said(decided)) == ("known", ["known-fault-changed"])


def test_what_is_gone_is_told() -> None:
    assert said(decide([], [baseline.entry_of(finding(source=content()))])) == ["baseline-entry-gone"]


def test_nothing_is_called_gone_while_pages_were_not_audited() -> None:
    states = {"/": PageState.NOT_AUDITED}
    assert said(decide([], [baseline.entry_of(finding(source=content()))], states)) == []


def test_without_a_source_a_fault_that_spreads_is_new() -> None:
    before = finding(pages=("/a/",))
    (decided,) = decide([replace(before, pages=("/a/", "/b/"))], [baseline.entry_of(before)]).findings
    assert decided.state == "new"
    (fewer,) = decide([before], [baseline.entry_of(replace(before, pages=("/a/", "/b/")))]).findings
    assert fewer.state == "known"


def test_questions_are_never_known() -> None:
    from audit.model.finding import Outcome

    question = finding(kind=Outcome.CANT_TELL, source=content())
    (decided,) = decide([question], [baseline.entry_of(question)]).findings
    assert decided.state == "new"


def test_a_renamed_rule_keeps_its_entries(tmp_path: Path) -> None:
    def findings_of(identifier: str, aliases: tuple[str, ...]) -> tuple[Finding, ...]:
        merging = Merger(lambda _: content(), {identifier: rule(identifier, aliases=aliases)})
        merging.add([outcome(identifier)])
        return merging.findings()

    (before,) = findings_of("old-name", ())
    file = tmp_path / "baseline.toml"
    file.write_text(baseline.text_of([baseline.entry_of(before)]), encoding="utf-8")
    (after,) = findings_of("new-name", ("old-name",))
    known = baseline.read(file, NAMES)
    assert known[0].rule == "new-name"
    assert decide([after], list(known)).findings[0].state == "known"


def test_strict_keys_are_matched_before_loose_ones() -> None:
    old = [finding(key="a", loose="l"), finding(key="b", loose="l")]
    new = [finding(key="b", loose="l"), finding(key="c", loose="l"), finding(key="d", loose="l")]
    matches = matching.match(old, new)
    assert [(one.key, other.key, strict) for one, other, strict in matches.pairs] == [
        ("b", "b", True),
        ("a", "c", False),
    ]
    assert [each.key for each in matches.new] == ["d"]
