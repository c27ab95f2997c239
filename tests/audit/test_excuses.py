"""An excuse answers for itself: rule, place, reason, name and day, and it is told when it is stale."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.judgement import gate
from audit.judgement.baseline import entry_of
from audit.judgement.excuses import Excuse, Flaw, read_file, read_source
from audit.judgement.policy import GATE_RULES
from audit.model.finding import Finding, Outcome, PageState
from audit.settings.responsibility import role_flaw
from tests.audit.making import content, finding

NAMES = {"a-fault": "a-fault", "bare-list": "bare-list", "was-list": "bare-list"}
TODAY = dt.date(2026, 11, 22)
COMMENT = (
    '<!-- stepfree: allow a-fault reason="The poster is drawn anew." owner="Systems coordinator" until=2027-01-31 -->'
)
ENTRY = """[[excuse]]
rule = "a-fault"
where = "content/pages/a.md"
reason = "The poster is drawn anew."
owner = "Systems coordinator"
until = 2027-01-31
"""
DECISION = """[[decision]]
rule = "a-fault"
where = "/a/"
answer = "The picture only decorates."
owner = "Branch supervisor"
until = 2027-01-31
evidence = "0123456789"
"""


def inline(text: str, path: str = "content/pages/a.md") -> list[Excuse | Flaw]:
    return list(read_source(text, path, NAMES, TODAY))


def read(folder: Path, text: str) -> list[Excuse]:
    (folder / "excuses.toml").write_text(text, encoding="utf-8")
    return list(read_file(folder / "excuses.toml", "excuses.toml", NAMES, TODAY))


def decide(
    findings: list[Finding], excuses: list[Excuse], *, ran: set[str] | None = None, complete: bool = True
) -> gate.Decided:
    states = {"/": PageState.AUDITED if complete else PageState.NOT_AUDITED}
    return gate.decide(
        findings, excuses, [], [], "", TODAY, ran if ran is not None else {"a-fault", "bare-list"}, states
    )


def said(decided: gate.Decided) -> list[tuple[str, int | None]]:
    return [(each.rule, each.line) for each in decided.outcomes]


def test_an_inline_excuse_covers_the_block_after_it() -> None:
    (excuse,) = inline(f"# Title\n\n{COMMENT}\n\nLine five\nline six\n\nLine eight\n")
    assert isinstance(excuse, Excuse)
    assert (excuse.lines, excuse.line) == ((3, 6), 3)
    assert excuse.covers(finding(source=content(line=6)))
    assert not excuse.covers(finding(source=content(line=8)))


def test_an_inline_excuse_at_the_end_of_a_line_covers_its_block() -> None:
    (excuse,) = inline(f"One\n\nThree\nfour {COMMENT}\nfive\n\nSeven\n")
    assert isinstance(excuse, Excuse)
    assert excuse.lines == (3, 5)


def test_an_excuse_in_front_matter_covers_its_field() -> None:
    written = '# stepfree: allow a-fault reason="It is being drawn." owner="Systems coordinator" until=2027-01-31'
    (excuse,) = inline(f"---\ntitle: A\n{written}\nimage: x.png\nsummary: Short\n---\n\nText\n")
    assert isinstance(excuse, Excuse)
    assert excuse.lines == (3, 4)


def test_an_excuse_in_a_template_covers_the_next_line() -> None:
    written = '{# stepfree: allow a-fault reason="It is being drawn." owner="Systems coordinator" until=2027-01-31 #}'
    (excuse,) = inline(f"<main>\n{written}\n<img src='x'>\n</main>\n", "theme/templates/base.html")
    assert isinstance(excuse, Excuse)
    assert excuse.lines == (2, 3)


def test_an_excuse_that_is_only_shown_is_not_meant() -> None:
    assert inline(f"How to excuse:\n\n```\n{COMMENT}\n```\n") == []


def test_a_heading_is_no_excuse() -> None:
    assert inline("# stepfree: a history\n") == []


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ('<!-- stepfree: allow reason="Because it must." -->', "names no rule"),
        ('<!-- stepfree: alow a-fault reason="Because it must." -->', "Did you mean “allow”?"),
        (
            '<!-- stepfree: allow a-falt reason="Because it must." owner="x" until=2027-01-31 -->',
            "Did you mean “a-fault”?",
        ),
        ('<!-- stepfree: allow a-fault owner="x" until=2027-01-31 -->', "lacks “reason”"),
        ('<!-- stepfree: allow a-fault reason="Because it must." until=2027-01-31 -->', "lacks “owner”"),
        ('<!-- stepfree: allow a-fault reason="Because it must." owner="x" -->', "lacks “until”"),
        ('<!-- stepfree: allow a-fault reason="ok" owner="x" until=2027-01-31 -->', "is not a reason"),
        ('<!-- stepfree: allow a-fault reason="Because it must." owner="x" until=31.1.2027 -->', "is not a day"),
        ('<!-- stepfree: decided a-fault answer="It is fine." owner="x" until=2027-01-31 -->', "lacks “evidence”"),
    ],
)
def test_an_incomplete_inline_excuse_says_what_it_lacks(comment: str, words: str) -> None:
    (flaw,) = inline(f"Text\n\n{comment}\n")
    assert isinstance(flaw, Flaw)
    assert words in flaw.message
    assert flaw.line == 3


def test_a_file_of_excuses_is_read(tmp_path: Path) -> None:
    one, two = read(tmp_path, ENTRY + "\n" + DECISION)
    assert (one.rule, one.until, one.line, one.decision) == ("a-fault", dt.date(2027, 1, 31), 1, False)
    assert (two.reason, two.line, two.decision) == ("The picture only decorates.", 8, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ENTRY.replace("rule = ", "rul = "), "excuses.toml:2: unknown key “rul”. Did you mean “rule”?"),
        (ENTRY.replace('owner = "Systems coordinator"\n', ""), "excuses.toml:1: the excuse lacks “owner”."),
        (ENTRY.replace("a-fault", "a-falt"), "excuses.toml:2: there is no rule “a-falt”. Did you mean “a-fault”?"),
        (ENTRY.replace("2027-01-31", '"soon"'), "excuses.toml:6: “soon” is not a day."),
        (ENTRY.replace("[[excuse]]", "[[excuses]]"), "unknown table “excuses”. Did you mean “excuse”?"),
        (DECISION.replace('evidence = "0123456789"\n', ""), "the decision lacks “evidence”"),
        ("[[excuse]", "excuses.toml:1: the list of excuses is not valid TOML"),
    ],
)
def test_a_wrong_entry_is_an_error_with_file_and_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert sentence in str(caught.value)


def test_a_former_name_of_a_rule_still_excuses(tmp_path: Path) -> None:
    assert read(tmp_path, ENTRY.replace("a-fault", "was-list"))[0].rule == "bare-list"


def test_an_excused_fault_is_shown_and_does_not_block(tmp_path: Path) -> None:
    decided = decide([finding(source=content(), blocking=True)], read(tmp_path, ENTRY))
    (one,) = decided.findings
    assert (one.state, one.blocking) == ("excused", False)
    assert one.excuse == {"reason": "The poster is drawn anew.", "owner": "Systems coordinator", "until": "2027-01-31"}
    assert decided.outcomes == ()


def test_an_excuse_is_good_on_its_last_day_and_not_after_it(tmp_path: Path) -> None:
    last = read(tmp_path, ENTRY.replace("2027-01-31", "2026-11-22"))
    assert decide([finding(source=content())], last).findings[0].state == "excused"
    over = read(tmp_path, ENTRY.replace("2027-01-31", "2026-11-21"))
    decided = decide([finding(source=content(), blocking=True)], over)
    assert (decided.findings[0].state, decided.findings[0].blocking) == ("new", False)
    assert said(decided) == [("excuse-expired", 1)]


def test_an_excuse_that_has_run_out_blocks_by_neither_itself_nor_its_fault(tmp_path: Path) -> None:
    over = read(tmp_path, ENTRY.replace("2027-01-31", "2026-11-21"))
    decided = decide([finding(source=content(), blocking=True)], over)
    assert not decided.findings[0].blocking
    other = decide([finding(source=content("content/pages/b.md"), blocking=True)], over)
    assert other.findings[0].blocking
    (told,) = decided.outcomes
    assert told.evidence == {"due": "2026-11-21"}
    assert told.rule not in GATE_RULES


def test_an_excuse_that_matches_nothing_is_told(tmp_path: Path) -> None:
    assert said(decide([finding("bare-list", source=content())], read(tmp_path, ENTRY))) == [("excuse-unused", 1)]


def test_an_excuse_of_a_rule_that_did_not_run_is_left_alone(tmp_path: Path) -> None:
    assert said(decide([], read(tmp_path, ENTRY), ran={"bare-list"})) == []


def test_an_excuse_is_not_called_unused_while_pages_were_not_audited(tmp_path: Path) -> None:
    assert said(decide([], read(tmp_path, ENTRY), complete=False)) == []


def test_an_excuse_for_one_page_does_not_hide_the_fault_on_others(tmp_path: Path) -> None:
    excuses = read(tmp_path, ENTRY.replace("content/pages/a.md", "/a/"))
    (spread,) = decide([finding(pages=("/a/", "/b/"))], excuses).findings
    assert spread.state == "new"
    (one,) = decide([finding(pages=("/a/",))], excuses).findings
    assert one.state == "excused"


def test_an_excuse_can_be_for_one_element(tmp_path: Path) -> None:
    excuses = read(tmp_path, ENTRY + 'element = "poster.png"\n')
    both = [
        finding(source=content(), html='<img src="poster.png">'),
        finding(key="k2", source=content(), html='<img src="map.png">'),
    ]
    assert [each.state for each in decide(both, excuses).findings] == ["excused", "new"]


def test_an_excuse_does_not_answer_a_question_nor_a_decision_excuse_a_fault(tmp_path: Path) -> None:
    question = finding(kind=Outcome.CANT_TELL, source=content(), evidence="0123456789abcdef", pages=("/a/",))
    fact = replace(question, outcome=Outcome.FAILED)
    assert decide([question], read(tmp_path, ENTRY)).findings[0].state == "new"
    assert decide([fact], read(tmp_path, DECISION)).findings[0].state == "new"


def test_a_decision_holds_while_its_evidence_does(tmp_path: Path) -> None:
    question = finding(kind=Outcome.CANT_TELL, pages=("/a/",), evidence="0123456789abcdef")
    assert decide([question], read(tmp_path, DECISION)).findings[0].state == "excused"
    changed = decide([replace(question, evidence_digest="ffff456789abcdef")], read(tmp_path, DECISION))
    assert changed.findings[0].state == "new"
    assert said(changed) == [("decision-lapsed", 1)]


def test_a_short_piece_of_a_digest_decides_nothing(tmp_path: Path) -> None:
    question = finding(kind=Outcome.CANT_TELL, pages=("/a/",), evidence="0123456789abcdef")
    assert decide([question], read(tmp_path, DECISION.replace("0123456789", "01"))).findings[0].state == "new"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('owner = "Systems coordinator"', 'owner = "x"', "is not a role"),
        ('owner = "Systems coordinator"', 'owner = "ada@library.example.org"', "is not a role"),
        ("until = 2027-01-31", "until = 9999-12-31", "more than a year away"),
        ('where = "content/pages/a.md"', 'where = "*"', "“*” is everything"),
        ('where = "content/pages/a.md"', 'where = "/?*"', "is everything"),
        ('where = "content/pages/a.md"', 'where = "[!x]*"', "is everything"),
        ('where = "content/pages/a.md"', 'where = "/[a-z]*"', "is everything"),
        ('where = "content/pages/a.md"', 'where = "/*.html"', "is everything"),
        ('where = "content/pages/a.md"', 'where = "/*e*"', "is everything"),
    ],
)
def test_an_excuse_that_covers_too_much_or_too_long_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"excuses\.toml:[356]: ") as error:
        read(tmp_path, ENTRY.replace(old, new))
    assert said in str(error.value)


def test_an_inline_excuse_for_ever_is_told() -> None:
    (flaw,) = inline(COMMENT.replace("2027-01-31", "2099-01-31"))
    assert isinstance(flaw, Flaw)
    assert "more than a year away" in flaw.message


@pytest.mark.parametrize(
    ("owner", "role"),
    [
        ("Systems coordinator", True),
        ("systems Coordinator", True),
        ("Branch supervisor", True),
        ("Web team", True),
        ("Accessibility Office", True),
        ("CEO", True),
        ("Coordinator", True),
        ("Systems Librarian", True),
        ("Communications Manager", True),
        ("Coordonnatrice des systèmes", True),
        ("Direction", True),
        ("x", False),
        ("me", False),
        ("", False),
        ("Jane Smith", False),
        ("Peter Miller", False),
        ("someone@library.example.org", False),
        ("n/a", False),
    ],
)
def test_an_owner_is_a_role(owner: str, role: bool) -> None:
    assert (role_flaw(owner) is None) is role


def test_a_missing_legal_duty_is_neither_excused_nor_known() -> None:
    fault = finding(source=content())
    (excuse,) = inline(COMMENT)
    assert isinstance(excuse, Excuse)
    known = [entry_of(fault)]
    states = {"/": PageState.AUDITED}
    everywhere = replace(excuse, where="*", lines=None)

    def decided(*lawful: str) -> gate.Decided:
        return gate.decide([fault], [everywhere], [], known, "b", TODAY, {"a-fault"}, states, lawful)

    assert decided().findings[0].state == "excused"
    assert decided("a-fault").findings[0] == fault
    assert "excuse-incomplete" in [each.rule for each in decided("a-fault").outcomes]
