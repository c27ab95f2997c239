"""What nobody has judged is never counted as right."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import ExitCode, UsageError
from benchmarks.detection.act import Said
from benchmarks.foreign.__main__ import main
from benchmarks.foreign.judged import ForeignSite, Judgement, Verdict, load_sites, statement
from benchmarks.foreign.scoring import score, share_right


def said(message: str, outcome: str = "failed", rule: str = "low-contrast") -> Said:
    return Said(rule, outcome, frozenset(), frozenset(), message)


def site(judgements: dict[tuple[str, str], Judgement]) -> ForeignSite:
    return ForeignSite("a", "a", "1", ("index.html",), judgements)


def test_what_is_quoted_makes_no_difference() -> None:
    assert statement("a", "“Save” is too faint: `#fff`.") == statement("a", "“Send” is too faint: `#eee`.")
    assert statement("a", "“Save” has 2:1.") != statement("a", "“Save” has 3:1.")


def test_more_elements_than_were_read_are_not_judged() -> None:
    read = Judgement(Verdict.RIGHT, 1, "")
    result = score(
        site({("low-contrast", "“…” is faint."): read}), 1, [said("“Save” is faint."), said("“Send” is faint.")]
    )
    assert result.elements[Verdict.RIGHT] == 1
    assert sum(result.unjudged.values()) == 1
    assert share_right([result]) == (0.5, 0.5)


def test_disputed_and_wrong_ones_are_not_right_and_questions_are_counted_apart() -> None:
    judged = {
        ("a", "x"): Judgement(Verdict.RIGHT, 3, ""),
        ("b", "y"): Judgement(Verdict.WRONG, 1, "because"),
        ("c", "z"): Judgement(Verdict.DISPUTED, 1, "because"),
    }
    found = [said("x", rule="a")] * 2 + [said("y", rule="b"), said("z", rule="c"), said("?", "cantTell")]
    result = score(site(judged), 1, found)
    assert (result.total, result.questions) == (4, 1)
    assert share_right([result])[0] == 0.5


def test_a_judgement_needs_a_reason_unless_it_is_right(tmp_path: Path) -> None:
    file = tmp_path / "judged.toml"
    head = '[[site]]\nname = "a"\npackage = "a"\nversion = "1"\npages = []\n[[site.finding]]\nrule = "r"\nsays = "s"\n'
    file.write_text(head + 'count = 1\nverdict = "wrong"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="needs a reason"):
        load_sites(file)
    file.write_text(head + 'count = 1\nverdict = "rong"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="is no verdict"):
        load_sites(file)


def test_the_kept_judgements_can_be_read_and_meet_the_bar() -> None:
    judgements = [each for one in load_sites() for each in one.judgements.values()]
    right = sum(each.count for each in judgements if each.verdict is Verdict.RIGHT)
    assert judgements
    assert right / sum(each.count for each in judgements) >= 0.95


def test_without_any_site_nothing_was_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == ExitCode.NOTHING_TO_AUDIT
    assert "Nothing was measured" in capsys.readouterr().err


def test_how_large_it_is_makes_no_difference_and_words_can_decide() -> None:
    assert statement("a", "Out of sight (12 px).") == statement("a", "Out of sight (340 px).")
    judged = {
        ("a", "“…” is vague."): Judgement(Verdict.RIGHT, 5, ""),
        ("a", "“this” is vague."): Judgement(Verdict.DISPUTED, 1, "because"),
    }
    result = score(site(judged), 1, [said("“here” is vague.", rule="a"), said("“this” is vague.", rule="a")])
    assert (result.elements[Verdict.RIGHT], result.elements[Verdict.DISPUTED]) == (1, 1)
