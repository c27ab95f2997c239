"""The small Markdown of rules, the sentences of a verdict, causes, criteria, comparisons."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from audit.explanation.explanation import rule_ids
from audit.judgement.comparison import compare
from audit.judgement.criteria import _WORDS as LEFT_TO_PEOPLE
from audit.judgement.criteria import roll_up
from audit.model.finding import FindingState, Fixer, Outcome, PageResult, PageState, Requirements
from audit.model.report import Coverage, RuleResult, RunError
from audit.reports.causes import Cause, cause, grouped
from audit.reports.comparison import as_markdown, summary
from audit.reports.escaped import Piece, code, fenced, fit, words
from audit.reports.markup import inline, prose, shown
from audit.reports.prose import Code, Listing, Paragraph, Span, Style, blocks, plain
from audit.reports.sentences import count, counts, headline, shares
from audit.standards import criteria
from tests.reports import samples

EMPTY = samples.report(0)


class TestProse:
    def test_parts_of_a_fix(self) -> None:
        text = "Write **this**:\n\n```markdown\n- a\n\n- b\n```\n\n1. First `x`\n2. Second\n   goes on\n\n- Other"
        first, block, numbered, other = blocks(text)
        assert first == Paragraph((Span("Write "), Span("this", Style.STRONG), Span(":")))
        assert block == Code("- a\n\n- b", "markdown")
        assert numbered == Listing(((Span("First "), Span("x", Style.CODE)), (Span("Second goes on"),)), ordered=True)
        assert other == Listing(((Span("Other"),),))

    @pytest.mark.parametrize("text", ["`", "``", "**", "a ` b", "** a **", "```", "1.", "-", "", "\n\n", "~~~\nx"])
    def test_never_fails(self, text: str) -> None:
        assert isinstance(plain(text), str)

    def test_code_may_hold_backticks(self) -> None:
        assert plain("Type `` a`b `` here") == "Type a`b here"

    def test_html_is_text(self) -> None:
        assert inline("a <b> & `<i>`") == "a &lt;b&gt; &amp; <code>&lt;i&gt;</code>"
        assert prose("```\n<script>\n```") == "<pre><code>&lt;script&gt;</code></pre>"

    def test_what_cannot_be_seen_is_named(self) -> None:
        assert shown("a\u202eb\x00") == "a[U+202E]b[U+0000]"


class TestEscaped:
    @pytest.mark.parametrize(
        ("text", "escaped"),
        [
            ("plain words, as they are.", "plain words, as they are."),
            ("1. one", "1\\. one"),
            ("- item", "\\- item"),
            ("=== ", "\\==="),
            ("a|b", "a\\|b"),
            ("a\nb", "a b"),
            ("<b>", "&lt;b&gt;"),
            ("@team", "&#64;\u200bteam"),
            ("#12", "&#35;\u200b12"),
            ("https://x.example", "https\u200b://x.example"),
            ("0123456789abcdef", "0123\u200b456789abcdef"),
        ],
    )
    def test_words(self, text: str, escaped: str) -> None:
        assert words(text) == escaped

    def test_code_and_fences_are_longer_than_what_they_hold(self) -> None:
        assert code("a``b") == "```a``b```"
        assert code("`") == "`` ` ``"
        assert fenced("x\n````\ny").startswith("`````\n")
        assert fenced("x", "a b") == "```\nx\n```"

    def test_fit_takes_pieces_whole_and_counts_the_rest(self) -> None:
        pieces = [Piece(f"piece {number:03d} " + "x" * 90 + "\n", 2) for number in range(100)]
        text = fit(["head\n"], pieces, ["tail\n"], 3000, "Elsewhere.")
        assert len(text.encode()) <= 3000
        kept = text.count("piece")
        assert f"no more room: {2 * (100 - kept)} findings" in text
        assert text.startswith("head\n")
        assert text.endswith("tail\n")
        assert fit(["head\n"], pieces, ["tail\n"], 100_000, "").count("piece") == 100


class TestSentences:
    def test_small_numbers_are_words(self) -> None:
        assert [count(0, "page"), count(1, "page"), count(2, "page"), count(1200, "page")] == [
            "no pages",
            "one page",
            "two pages",
            "1,200 pages",
        ]

    def test_each_finding_is_in_one_group(self) -> None:
        report = samples.report(200)
        share = shares(report.findings)
        assert (
            len([*share.blocking, *share.other, *share.questions, *share.known, *share.excused, *share.theirs]) == 200
        )
        assert len(share.blocking) == report.summary.blocking

    def test_incomplete_wins_and_says_what_is_missing(self) -> None:
        lost = PageResult("/x/", None, PageState.NOT_AUDITED, "never settled")
        report = replace(EMPTY, findings=(samples.finding(),), pages=(*EMPTY.pages, lost), errors=(RunError("r", "s"),))
        assert headline(report) == "The check is incomplete: one page could not be checked and one error occurred."
        assert "One problem found so far would block publishing." in counts(report)

    def test_no_page_is_no_result(self) -> None:
        assert headline(replace(EMPTY, pages=())) == "Nothing was checked, so nothing can be said."


class TestCauses:
    def test_the_file_decides(self) -> None:
        rules = {"color-contrast": RuleResult("color-contrast", "x", fixer=Fixer.AUTHOR)}
        assert cause(samples.finding("color-contrast"), rules) is Cause.THEME

    @pytest.mark.parametrize(
        ("fixer", "expected"),
        [
            (Fixer.AUTHOR, Cause.PAGE),
            (Fixer.THEME, Cause.DESIGN),
            (Fixer.DOCUMENT, Cause.DOCUMENT),
            (Fixer.PLATFORM, Cause.PLATFORM),
        ],
    )
    def test_without_a_file_the_rule_decides(self, fixer: Fixer, expected: Cause) -> None:
        finding = samples.finding(source=None)
        assert cause(finding, {finding.rule: RuleResult(finding.rule, "x", fixer=fixer)}) is expected

    def test_nothing_is_lost_in_groups(self) -> None:
        report = samples.report(100)
        assert sum(group.size for group in grouped(report.findings, report.rules)) == 100


class TestCriteria:
    def rolled(self, profile: str = "aoda", **changes: object) -> dict[str, tuple[Outcome, Coverage]]:
        rule = RuleResult("alt", "x", requirements=Requirements(wcag=("1.1.1",)), passed=("/",))
        values: dict[str, object] = {"pages": EMPTY.pages, "findings": (), "rules": (rule,)} | changes
        found = roll_up(profile, **values)  # type: ignore[arg-type]
        return {criterion.id: (criterion.outcome, criterion.coverage) for criterion in found}

    @pytest.mark.parametrize(
        ("profile", "size"), [("aoda", 36), ("wcag20-aa", 38), ("wcag21-aa", 50), ("wcag22-aa", 55), ("everything", 86)]
    )
    def test_profiles_have_their_criteria(self, profile: str, size: int) -> None:
        assert len(self.rolled(profile)) == size

    def test_rules_that_pass_do_not_make_a_criterion_met(self) -> None:
        assert self.rolled()["1.1.1"] == (Outcome.CANT_TELL, Coverage.PARTLY)

    def test_one_failure_fails_it(self) -> None:
        assert self.rolled(findings=(samples.finding(),))["1.1.1"][0] is Outcome.FAILED

    def test_without_rules_it_is_not_tested(self) -> None:
        assert self.rolled()["2.4.7"] == (Outcome.UNTESTED, Coverage.PERSON)
        assert self.rolled(rules=())["1.1.1"] == (Outcome.UNTESTED, Coverage.PERSON)
        assert self.rolled(pages=())["1.1.1"] == (Outcome.UNTESTED, Coverage.PERSON)

    def test_parsing_is_always_met(self) -> None:
        assert self.rolled()["4.1.1"] == (Outcome.PASSED, Coverage.AUTOMATIC)

    def test_rules_that_decide_it_alone_must_have_looked_at_every_page(self) -> None:
        pages = tuple(page.address for page in EMPTY.pages if page.state is PageState.AUDITED)
        language = Requirements(wcag=("3.1.1",))

        def both(passed: tuple[str, ...]) -> tuple[RuleResult, ...]:
            names = ("page-language-mismatch", "page-without-language")
            return tuple(RuleResult(name, "x", requirements=language, passed=passed) for name in names)

        assert self.rolled(rules=both(pages))["3.1.1"] == (Outcome.PASSED, Coverage.AUTOMATIC)
        assert self.rolled(rules=both(pages[1:]))["3.1.1"] == (Outcome.CANT_TELL, Coverage.PARTLY)
        assert self.rolled(rules=both(pages)[:1])["3.1.1"] == (Outcome.CANT_TELL, Coverage.PARTLY)

    def test_rules_that_decide_a_criterion_exist(self) -> None:
        tables = tomllib.loads(LEFT_TO_PEOPLE.read_text(encoding="utf-8"))
        named = {rule for table in tables.values() for rule in table.get("decided_by", ())}
        assert named
        assert named <= set(rule_ids())

    def test_every_criterion_of_level_a_and_aa_says_what_is_left(self) -> None:
        for criterion in roll_up("wcag22-aa", EMPTY.pages, (), ()):
            assert criterion.left or criterion.id == "4.1.1", criterion.id

    def test_addresses_of_explanations(self) -> None:
        assert criteria()["3.3.4"].slug == "error-prevention-legal-financial-data"
        assert criteria()["2.2.2"].slug == "pause-stop-hide"
        assert criteria()["1.4.5"].slug == "images-of-text"


class TestComparison:
    def test_groups_are_told_in_order_and_counted(self) -> None:
        base = replace(EMPTY, findings=(samples.finding("fake-list", line=4), samples.finding(line=9)))
        head = replace(EMPTY, findings=(samples.finding(line=9), samples.finding("vague-link", line=2)))
        found = compare(base, head)
        assert summary(found) == "One new (one blocks), one fixed and one unchanged."
        text = as_markdown(found)
        assert text.index("## New") < text.index("Link text says too little") < text.index("## Fixed")

    def test_a_second_equal_fault_is_new(self) -> None:
        base = replace(EMPTY, findings=(samples.finding(),))
        assert len(compare(base, replace(EMPTY, findings=(samples.finding(), samples.finding()))).new) == 1

    @pytest.mark.slow
    def test_ten_thousand_hostile_findings_fit(self) -> None:
        text = as_markdown(compare(EMPTY, samples.hostile(10_000)))
        assert len(text.encode()) <= 1_000_000

    def test_states_are_those_of_the_model(self) -> None:
        assert {finding.state for finding in samples.report(100).findings} == set(FindingState)
