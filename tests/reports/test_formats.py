"""Every other format: complete, harmless, within the limits of whoever reads it."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from audit.errors import UsageError
from audit.model.finding import PageResult, PageState, Source, SourceKind
from audit.model.report import Report, RunError
from audit.reports import FORMATS, formats, markdown, sarif, write
from audit.reports.terminal import show
from tests.reports import samples

GOLDEN = Path(__file__).parent / "golden"
SIZE = 24

NOTHING = replace(samples.report(0), criteria=())


def render(name: str, report: Report) -> bytes:
    return FORMATS[name].render(report)


def printed(report: Report, limit: int = 100) -> str:
    file = io.StringIO()
    show(report, Console(file=file, width=200), limit)
    return file.getvalue()


class TestGolden:
    """Remade by ``python -m tests.reports.golden``; the difference is read in review."""

    @pytest.mark.parametrize("name", sorted(FORMATS))
    def test_the_files_are_as_they_were(self, name: str) -> None:
        assert render(name, samples.report(SIZE)) == (GOLDEN / FORMATS[name].file).read_bytes()

    def test_so_is_what_the_terminal_shows(self) -> None:
        assert printed(samples.report(SIZE)) == (GOLDEN / "terminal.txt").read_text(encoding="utf-8")


class TestRegistry:
    def test_formats_are_known_by_name_and_written_once(self, tmp_path: Path) -> None:
        files = write(samples.report(3), tmp_path / "new", ["json", "csv", "json"])
        assert [file.name for file in files] == ["report.json", "findings.csv"]
        assert all(file.stat().st_size for file in files)

    def test_an_unknown_format_is_a_sentence(self) -> None:
        with pytest.raises(UsageError, match=r"no report format “htm”\. Did you mean “html”\?"):
            formats(["htm"])

    def test_a_place_that_cannot_be_written_to_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(UsageError, match="cannot be written"):
            write(samples.report(0), tmp_path / "file", ["json"])

    @pytest.mark.parametrize("name", sorted(FORMATS))
    def test_hostile_words_do_not_stop_any_format(self, name: str) -> None:
        data = render(name, samples.hostile(64))
        data.decode("utf-8-sig" if name == "csv" else "utf-8")
        # JSON for programs holds the words as they are; whatever people read does not.
        if name not in {"json", "earl"}:
            assert b"\x1b" not in data
            assert "\u202e" not in data.decode("utf-8")

    @pytest.mark.parametrize("name", sorted(FORMATS))
    def test_the_same_report_gives_the_same_bytes(self, name: str) -> None:
        assert render(name, samples.report(50)) == render(name, samples.report(50))


class TestMarkdown:
    @pytest.mark.slow
    def test_ten_thousand_findings_fit_into_a_job_summary(self) -> None:
        data = render("markdown", samples.hostile(10_000))
        assert len(data) < 1024 * 1024
        text = data.decode()
        assert "Left out here, because there is no more room:" in text
        assert text.count("```") % 2 == 0 or "````" in text

    def test_says_exactly_how_many_are_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(markdown, "_LIMIT", 20_000)
        report = samples.report(300)
        text = render("markdown", report).decode()
        assert len(text.encode()) <= 20_000
        left = int(text.split("no more room: ")[1].split(" findings")[0].replace(",", ""))
        told = text.count("\n- **Line") + text.count("\n- **Whole file")
        assert told + left == sum(finding.state == "new" for finding in report.findings)

    def test_problems_come_before_questions(self) -> None:
        text = render("markdown", samples.report(40)).decode()
        assert text.index("## Problems") < text.index("## Questions for a person") < text.index("## Excused")

    def test_nothing_is_linked_mentioned_or_drawn(self) -> None:
        text = render("markdown", samples.hostile(40)).decode()
        outside = re.sub(r"(?s)(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", text.replace("\\`", ""))
        for bad in ("<script", "<img", "@octo", "https://", "<!--", "<details", "www.example"):
            assert bad not in outside
        assert not re.search(r"(?<!\\)\]\(", outside)

    def test_nothing_found_is_said_without_claiming_more(self) -> None:
        text = render("markdown", NOTHING).decode()
        assert "The automated checks found nothing that blocks" in text
        assert "compliant" not in text.lower()


class TestSarif:
    def log(self, report: Report) -> dict[str, object]:
        data = json.loads(render("sarif", report))
        assert data["version"] == "2.1.0"
        run = data["runs"][0]
        assert isinstance(run, dict)
        return run

    def test_paths_are_those_of_the_repository(self) -> None:
        bad = [
            samples.finding(source=Source(path, 3, SourceKind.CONTENT), key=path)
            for path in ("/etc/passwd", "../x.md", "a/../../b", "C:/x", "a\\b", "")
        ]
        good = samples.finding(source=Source("content/é x.md", 3, SourceKind.CONTENT), key="good")
        run = self.log(replace(NOTHING, findings=(*bad, good, samples.finding(source=None, key="none"))))
        results = run["results"]
        assert isinstance(results, list)
        assert [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results] == [
            "content/%C3%A9%20x.md"
        ]
        assert "7 findings have no file of the repository" in json.dumps(run["invocations"])

    def test_equal_keys_get_fingerprints_of_their_own(self) -> None:
        run = self.log(replace(NOTHING, findings=(samples.finding(), samples.finding())))
        results = run["results"]
        assert isinstance(results, list)
        assert len({each["partialFingerprints"]["primaryLocationLineHash"] for each in results}) == 2

    def test_a_fingerprint_survives_a_moved_line(self) -> None:
        def print_of(line: int) -> object:
            run = self.log(replace(NOTHING, findings=(samples.finding(line=line, key="same"),)))
            results = run["results"]
            assert isinstance(results, list)
            return results[0]["partialFingerprints"]

        assert print_of(3) == print_of(99)

    def test_rules_explain_themselves_and_are_referred_to(self) -> None:
        run = self.log(samples.report(60))
        tool = run["tool"]
        assert isinstance(tool, dict)
        rules = tool["driver"]["rules"]
        results = run["results"]
        assert isinstance(results, list)
        for rule in rules:
            assert rule["help"]["markdown"]
            assert len(rule["properties"]["tags"]) <= 10
            assert "security-severity" not in rule["properties"]
        for each in results:
            assert rules[each["ruleIndex"]]["id"] == each["ruleId"]

    def test_worst_come_first_within_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert sarif._RESULTS == 25_000
        monkeypatch.setattr(sarif, "_RESULTS", 40)
        many = tuple(samples.finding("heading-skipped", line=line, key=f"{line}") for line in range(1, 50))
        run = self.log(replace(NOTHING, findings=(*many, samples.finding(line=9_999, key="worst"))))
        results = run["results"]
        assert isinstance(results, list)
        assert len(results) == 40
        assert results[0]["level"] == "error"
        assert "10 findings are left out" in json.dumps(run["invocations"])

    def test_excused_ones_are_suppressed_with_the_reason(self) -> None:
        excused = samples.finding(state="excused", excuse={"reason": "Until March."})
        run = self.log(replace(NOTHING, findings=(excused,)))
        results = run["results"]
        assert isinstance(results, list)
        assert results[0]["suppressions"][0]["justification"] == "Until March."


class TestJunit:
    def tree(self, report: Report) -> ET.Element:
        return ET.fromstring(render("junit", report))

    def test_red_exactly_when_the_command_is(self) -> None:
        blocked = replace(NOTHING, findings=(samples.finding(),))
        warned = replace(NOTHING, findings=(samples.finding("heading-skipped"), samples.finding(state="known")))
        assert (self.tree(blocked).get("failures"), blocked.exit_code) == ("1", 1)
        assert (self.tree(warned).get("failures"), warned.exit_code) == ("0", 0)

    def test_errors_are_errors_and_excluded_pages_skipped(self) -> None:
        lost = PageResult("/lost/", None, PageState.NOT_AUDITED, "never settled")
        report = replace(NOTHING, pages=(*NOTHING.pages, lost), errors=(RunError("fake-list", "crashed", "rule"),))
        tree = self.tree(report)
        assert tree.get("errors") == "2"
        assert tree.find(".//testcase[@name='/old/']/skipped") is not None
        assert tree.find(".//testcase[@name='/lost/']/error") is not None

    def test_one_case_for_each_rule_and_page(self) -> None:
        tree = self.tree(samples.report(40))
        for suite in tree:
            names = [case.get("name") for case in suite.iter("testcase")]
            assert len(names) == len(set(names))


class TestEarl:
    def subjects(self, report: Report) -> list[dict[str, object]]:
        data = json.loads(render("earl", report))
        assert data["@context"]["earl"] == "http://www.w3.org/ns/earl#"
        return [entry for entry in data["@graph"] if "assertions" in entry]

    def test_every_finding_is_asserted_on_each_of_its_pages(self) -> None:
        report = samples.report(30)
        subjects = {entry["source"]: entry["assertions"] for entry in self.subjects(report)}
        for finding in report.findings:
            for address in {finding.page, *finding.pages}:
                assertions = subjects[address]
                assert isinstance(assertions, list)
                assert any(
                    each["test"]["title"] == finding.rule and each["result"]["outcome"] == f"earl:{finding.outcome}"
                    for each in assertions
                )

    def test_all_five_outcomes_can_be_said(self) -> None:
        lost = PageResult("/lost/", None, PageState.NOT_AUDITED, "never settled")
        report = samples.report(30)
        data = render("earl", replace(report, pages=(*report.pages, lost))).decode()
        for outcome in ("passed", "failed", "cantTell", "inapplicable", "untested"):
            assert f"earl:{outcome}" in data

    def test_excluded_pages_are_no_subjects(self) -> None:
        assert "/old/" not in [entry["source"] for entry in self.subjects(samples.report(3))]

    def test_an_assertion_has_exactly_what_earl_asks_for(self) -> None:
        for subject in self.subjects(samples.report(12)):
            assertions = subject["assertions"]
            assert isinstance(assertions, list)
            for each in assertions:
                assert each.keys() >= {"assertedBy", "test", "result", "mode"}
                assert isinstance(each["test"], dict)


class TestCsv:
    def rows(self, report: Report) -> list[list[str]]:
        return list(csv.reader(io.StringIO(render("csv", report).decode("utf-8-sig"), newline="")))

    def test_one_row_for_each_finding(self) -> None:
        assert len(self.rows(samples.report(50))) == 51

    def test_no_cell_begins_like_a_formula(self) -> None:
        for bad in ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1"):
            rows = self.rows(replace(NOTHING, findings=(samples.finding(title=bad, message=bad, fix=bad),)))
            assert not [cell for cell in rows[1] if cell.lstrip()[:1] in ("=", "+", "-", "@")]


class TestTerminal:
    def test_a_line_begins_with_file_and_line(self) -> None:
        text = printed(replace(NOTHING, findings=(samples.finding(),)))
        assert text.startswith("✗ content/programs/repair-cafe.md:12 missing-alternative The picture sewing.jpg")
        assert text.rstrip().endswith("One problem blocks publishing.")

    def test_what_is_not_shown_is_counted(self) -> None:
        assert "more findings in the report." in printed(samples.report(300), limit=10)

    def test_no_colour_and_no_control_characters_off_a_terminal(self) -> None:
        text = printed(samples.hostile(30))
        assert "\x1b" not in text
        assert "\x07" not in text

    def test_errors_come_first(self) -> None:
        report = replace(samples.report(4), errors=(RunError("/x/", "The page never settled."),))
        assert printed(report).startswith("! /x/: The page never settled.")

    def test_nothing_was_found_in_what_was_looked_at(self) -> None:
        words = "found nothing to change and nothing to ask"
        assert f"{words}.\n" in printed(NOTHING)
        assert f"{words} in what they could look at.\n" in printed(replace(NOTHING, errors=(RunError("/x/", "No."),)))

    def test_pages_that_were_not_looked_at_for_one_reason_are_one_line(self) -> None:
        errors = tuple(RunError(f"/{number}/", "No browser was there.") for number in range(7))
        lines = printed(replace(NOTHING, errors=(*errors, RunError("/x/", "It never settled.")))).splitlines()
        assert lines[:2] == ["! /0/, /1/, /2/, /3/, /4/ and 2 more: No browser was there.", "! /x/: It never settled."]
