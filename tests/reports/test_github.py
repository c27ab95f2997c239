"""What GitHub shows: annotations, the note between the stages, the comment."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from audit.errors import UsageError
from audit.github.annotations import commands
from audit.github.comment import LIMIT, RunNumber, marker, render, text, worth_saying, written_by
from audit.github.note import MAX_BYTES, Note, inside, make, parse, to_json
from audit.judgement.comparison import compare
from audit.model.finding import Source, SourceKind
from audit.model.report import Report, RunError
from tests.reports import samples

RUN = RunNumber(57, 1)
ADDRESS = "https://github.com/example/library/actions/runs/1"
EMPTY = samples.report(0)


MANY = 10_000


@cache
def many(make_report: Callable[[int], Report]) -> Report:
    """Ten thousand findings, made once for all tests."""
    return make_report(MANY)


def note_of(head: Report, base: Report | None = None) -> Note:
    return make(head, compare(base, head) if base else None)


def comment(head: Report, base: Report | None = None) -> str:
    return render(parse(to_json(note_of(head, base))), RUN, ADDRESS)


def outside_code(body: str) -> str:
    return re.sub(r"(?s)(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", body.replace("\\`", ""))


class TestAnnotations:
    def test_the_sum_comes_first_and_the_rest_is_counted(self) -> None:
        findings = tuple(samples.finding(line=line, key=str(line)) for line in range(1, 60))
        lines = commands(replace(EMPTY, findings=findings), findings)
        assert len(lines) == 10
        assert lines[0].startswith("::error title=Accessibility::59 things to change before this can be published.")
        assert "50 more are in the report" in lines[0]
        assert lines[1].startswith("::error file=content/programs/repair-cafe.md,line=1,title=Image has no text alt")

    def test_questions_are_notices_and_advice_warnings(self) -> None:
        findings = (samples.finding("heading-skipped"), samples.finding("link-in-poster"))
        kinds = [line.split(" ")[0] for line in commands(replace(EMPTY, findings=findings), findings)]
        assert kinds == ["::warning", "::warning", "::notice", "::notice"]

    def test_an_incomplete_check_is_said_first(self) -> None:
        report = replace(EMPTY, errors=(RunError("x", "y"),))
        assert commands(report, ()) == ("::error title=Check incomplete::One thing could not be checked.",)

    def test_known_and_excused_ones_are_not_told(self) -> None:
        findings = (samples.finding(state="known"), samples.finding(state="excused"))
        assert commands(replace(EMPTY, findings=findings), findings) == ()

    def test_hostile_words_cannot_begin_a_command(self) -> None:
        report = samples.hostile(100)
        for line in commands(report, report.findings):
            assert "\n" not in line
            assert "\r" not in line
            assert re.match(r"::(error|warning|notice) [^:]*::", line)
            assert not re.search("[\x00-\x1f\u202a-\u202e]", line)

    def test_separators_in_a_title_are_escaped(self) -> None:
        finding = samples.finding(title="a: b, c% d", source=None)
        assert "title=a%3A b%2C c%25 d::" in commands(replace(EMPTY, findings=(finding,)), (finding,))[1]


class TestPaths:
    @pytest.mark.parametrize("path", ["content/a b/é.md", "theme/x.html", ".github/y"])
    def test_inside(self, path: str) -> None:
        assert inside(path)

    @pytest.mark.parametrize(
        "path",
        ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/./b", "C:/x", "a\\b", "a\nb", ".git/config", "a\u202eb"],
    )
    def test_not_inside(self, path: str) -> None:
        assert not inside(path)


class TestNote:
    @pytest.mark.parametrize("size", [0, 1, 50])
    def test_what_is_written_is_read_back(self, size: int) -> None:
        note = note_of(samples.report(size))
        assert parse(to_json(note)) == note

    def test_ten_thousand_hostile_findings_make_a_small_readable_note(self) -> None:
        data = to_json(note_of(many(samples.hostile)))
        assert len(data) <= MAX_BYTES
        note = parse(data)
        assert note.counts["new"] == 10_000
        assert len(note.new) <= 300

    def test_blocking_ones_are_not_crowded_out(self) -> None:
        advice = tuple(samples.finding("heading-skipped", line=line, key=f"a{line}") for line in range(1, 500))
        worst = samples.finding(line=600, key="w", source=Source("content/z.md", 600, SourceKind.CONTENT))
        note = note_of(replace(EMPTY, findings=(*advice, worst)))
        assert [item.path for item in note.new if item.blocking] == ["content/z.md"]

    @pytest.mark.parametrize(
        ("place", "value", "sentence"),
        [
            (("schema",), "stepfree-note/9", "not of the schema"),
            (("schema",), ..., "exactly the fields"),
            (("extra",), 1, "exactly the fields"),
            (("verdict",), "fine", "verdict"),
            (("compared",), 1, "compared"),
            (("counts", "new"), -1, "counts.new"),
            (("counts", "new"), True, "counts.new"),
            (("counts", "new"), 10**12, "counts.new"),
            (("counts", "more"), 1, "exactly the fields"),
            (("new",), {}, "new is not a list"),
            (("new",), [{}], "exactly the fields"),
            (("new", 0, "path"), "../../x", "leads out of the repository"),
            (("new", 0, "path"), "/x", "leads out of the repository"),
            (("new", 0, "path"), "x" * 301, "not a text of at most 300"),
            (("new", 0, "rule"), "A B", "not the name of a rule"),
            (("new", 0, "line"), "1", "line"),
            (("new", 0, "cause"), "nobody", "cause"),
            (("new", 0, "wcag"), ["9.9.9"], "not a success criterion"),
            (("new", 0, "blocking"), None, "blocking"),
            (("new", 0, "title"), None, "title"),
            (("new", 0, "fix"), "x" * 1501, "not a text of at most 1500"),
            (("errors",), [1], "sentence"),
            (("errors",), ["x"] * 51, "at most 50"),
        ],
    )
    def test_what_is_not_exactly_a_note_is_refused(self, place: tuple[Any, ...], value: Any, sentence: str) -> None:
        data: Any = json.loads(to_json(note_of(samples.report(12))))
        at = data
        for part in place[:-1]:
            at = at[part]
        if value is ...:
            del at[place[-1]]
        else:
            at[place[-1]] = value
        with pytest.raises(UsageError, match=re.escape(sentence)):
            parse(json.dumps(data).encode())

    @pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b" " * (MAX_BYTES + 1)])
    def test_no_json_no_note(self, data: bytes) -> None:
        with pytest.raises(UsageError):
            parse(data)

    def test_a_cut_fix_closes_its_block(self) -> None:
        finding = samples.finding(fix="Write:\n\n```markdown\n" + "x\n" * 2000 + "```")
        fix = note_of(replace(EMPTY, findings=(finding,))).new[0].fix
        assert fix.endswith("\n```")
        assert len(fix) <= 1500


class TestComment:
    def test_author_first_then_theme_then_questions_then_thanks_then_counts(self) -> None:
        base = replace(EMPTY, findings=(samples.finding("fake-list", line=4),))
        head = replace(
            EMPTY,
            findings=(
                samples.finding("focus-hidden-by-header"),
                samples.finding("link-in-poster"),
                samples.finding("missing-alternative", line=20),
                samples.finding("vague-link", line=3),
            ),
        )
        body = comment(head, base)
        places = [
            body.index(part)
            for part in (
                "three things to change",
                "#### To change",
                "Line 3: Link text says too little",
                "Line 20: Image has no text alternative",
                "#### For whoever looks after the theme",
                "Focus hides under the header",
                "#### Questions for you",
                "Poster may hold the facts",
                "#### Fixed: thank you",
                "List typed as plain text",
                "three new and one fixed",
            )
        ]
        assert places == sorted(places)

    def test_what_was_there_before_is_not_held_against_anybody(self) -> None:
        report = samples.report(40)
        body = comment(report, report)
        assert "Line " not in body
        assert "nothing new, but something older blocks publishing" in body

    def test_without_a_base_it_says_so(self) -> None:
        assert "no report of the base branch to compare with" in comment(samples.report(5))
        assert "no report of the base branch" not in comment(samples.report(5), EMPTY)

    def test_nothing_new_is_a_calm_sentence(self) -> None:
        body = comment(EMPTY, EMPTY)
        assert "nothing new was found" in body
        assert not worth_saying(note_of(EMPTY, EMPTY))

    @pytest.mark.parametrize("make_report", [samples.report, samples.hostile])
    @pytest.mark.parametrize("size", [1, 40, MANY])
    def test_always_fits_and_is_whole(self, make_report: Any, size: int) -> None:
        body = comment(many(make_report) if size == MANY else make_report(size))
        assert len(body.encode()) <= LIMIT < 65_536
        assert body.startswith(marker(RUN))
        assert body.rstrip().endswith("is kept with the check.")
        fences = [line.strip() for line in body.split("\n") if re.fullmatch(r"\s*`{3,}[a-z]*", line)]
        while fences:
            opening = fences.pop(0)
            assert opening.rstrip("abcdefghijklmnopqrstuvwxyz") in fences
            fences = fences[fences.index(opening.rstrip("abcdefghijklmnopqrstuvwxyz")) + 1 :]

    def test_says_how_many_are_left_out(self) -> None:
        body = comment(replace(EMPTY, findings=tuple(samples.finding(line=n, key=str(n)) for n in range(1, 3000))))
        assert "Left out here" in body
        assert "2,999 things to change" in body

    def test_hostile_words_stay_words(self) -> None:
        body = comment(samples.hostile(200))
        outside = outside_code(body.removeprefix(marker(RUN)))
        for bad in (
            "<script",
            "<img",
            "<!--",
            "javascript:alert(1))](",
            "@octo",
            "#123",
            "GH-7",
            "www.",
            "<details",
            "</sub></sub>",
        ):
            assert bad not in outside, bad
        assert re.findall(r"https?://[^\s)]+", outside) == [ADDRESS]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", body)
        assert body.count("<!-- stepfree-comment") == 1

    def test_the_marker_tells_which_run_wrote(self) -> None:
        assert written_by(comment(EMPTY)) == RUN
        assert written_by("hello " + comment(EMPTY)) is None
        assert written_by("") is None
        assert RunNumber(9, 2) < RunNumber(10, 1) < RunNumber(10, 2)
        assert not text(comment(EMPTY)).startswith("<!--")
