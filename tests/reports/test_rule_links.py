"""Every report leads from a finding to the page of its rule, when the address of the site is known; else never."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from audit.errors import UsageError
from audit.github.annotations import commands
from audit.github.comment import Places, RunNumber, render
from audit.github.note import make, parse, to_json
from audit.judgement.comparison import compare
from audit.model.finding import Source, SourceKind
from audit.model.report import Report
from audit.model.rule_places import rule_page
from audit.reports import FORMATS
from audit.reports.comparison import as_markdown
from audit.reports.reading import from_json
from audit.reports.terminal import show
from audit.reports.writing import to_json as report_json
from audit.settings.config import load
from tests.reports import samples

RULES = "https://library.example.org/lib/accessibility/rules/"
PAGE = rule_page("vague-link-text", RULES) or ""
RUN = RunNumber(3, 1)
LINKING = ("html", "markdown", "sarif")


def report(rule: str = "vague-link-text", rules_address: str | None = RULES) -> Report:
    found = replace(samples.finding(), rule=rule)
    return replace(samples.report(0), findings=(found,), rules_address=rules_address)


def comment(of: Report, rules_address: str | None) -> str:
    return render(parse(to_json(make(of, None))), RUN, "https://example.org/run", Places(rules_address))


def test_an_address_names_the_page_and_the_rule() -> None:
    assert f"{RULES}vague-link-text/" == PAGE
    assert rule_page("vague-link-text", None) is None


@pytest.mark.parametrize("name", LINKING)
def test_formats_lead_to_the_page_of_the_rule(name: str) -> None:
    assert PAGE in FORMATS[name].render(report()).decode()


@pytest.mark.parametrize("name", LINKING)
def test_without_an_address_nothing_is_made_up(name: str) -> None:
    assert "accessibility/rules" not in FORMATS[name].render(report(rules_address=None)).decode()


def test_annotations_and_comparisons_lead_there_too() -> None:
    head = report()
    assert any(PAGE in line for line in commands(head, head.findings))
    found = compare(replace(samples.report(0), rules=()), head)
    assert PAGE in as_markdown(found, rules_address=RULES)
    assert "accessibility/rules" not in as_markdown(found)


def test_a_terminal_links_the_name_of_the_rule_and_plain_output_says_how_to_ask() -> None:
    out = io.StringIO()
    show(report(), Console(file=out, force_terminal=True, color_system="truecolor", width=200))
    assert PAGE in out.getvalue()
    plain = io.StringIO()
    show(report(), Console(file=plain, width=200))
    assert PAGE not in plain.getvalue()
    assert "stepfree explain" in plain.getvalue()


def test_the_comment_goes_by_the_trusted_setting_only() -> None:
    # What a fork's report says of the address is not in the note, so it cannot reach the comment.
    head = report(rules_address="https://evil.example.net/")
    assert "evil" not in to_json(make(head, None)).decode()
    assert "](" + PAGE + ")" in comment(head, RULES)
    assert "evil" not in comment(head, RULES)
    assert "accessibility/rules" not in comment(head, None)


def test_a_report_is_read_back_with_its_address_and_older_ones_without() -> None:
    data = json.loads(report_json(report()))
    assert from_json(json.dumps(data)).rules_address == RULES
    del data["rules_address"]
    assert from_json(json.dumps(data)).rules_address is None
    for bad in ("javascript:alert(1)//", 'https://a.example.org/"><img src=x>/', "https://a.example.org/x)/ [y](/", 5):
        with pytest.raises(UsageError):
            from_json(json.dumps({**data, "rules_address": bad}))


class TestSetting:
    def read(self, tmp_path: Path, text: str) -> str | None:
        file = tmp_path / "stepfree.toml"
        file.write_text(f"[site]\n{text}", encoding="utf-8")
        return load(file).rules_address("https://published.example.org")

    def test_the_page_and_the_address_make_it(self, tmp_path: Path) -> None:
        text = 'address = "https://library.example.org/lib/"\nrules_page = "/accessibility/rules/"\n'
        assert self.read(tmp_path, text) == RULES

    def test_what_a_workflow_publishes_to_stands_in_for_the_address(self, tmp_path: Path) -> None:
        address = self.read(tmp_path, 'rules_page = "/accessibility/rules/"\n')
        assert address == "https://published.example.org/accessibility/rules/"

    def test_a_site_without_such_pages_has_none(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, 'address = "https://library.example.org/"\n') is None

    @pytest.mark.parametrize(
        "text",
        ['rules_page = "accessibility/rules"', 'rules_page = "/a b/"', 'address = "library.example.org"',
         'address = "https://x.example.org/)("'],
    )  # fmt: skip
    def test_what_is_no_address_is_refused_with_its_line(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(UsageError, match=r"stepfree\.toml:2: "):
            self.read(tmp_path, f"{text}\n")


def test_lines_lead_to_the_files_of_the_state_that_was_checked() -> None:
    files = "https://github.com/county/library/blob/" + "a" * 40 + "/"
    named = replace(samples.finding(line=12), source=Source("content/pages/a b)(.md", 12, SourceKind.CONTENT))
    note = parse(to_json(make(replace(samples.report(0), findings=(named,)), None)))
    said = render(note, RUN, "https://example.org/run", Places(None, files))
    assert f"[Line 12]({files}content/pages/a%20b%29%28.md?plain=1#L12)" in said
    assert "[Line" not in render(note, RUN, "https://example.org/run")


def test_marks_of_code_are_not_read_in_annotations() -> None:
    found = replace(samples.finding(), fix="Write it so:\n\n```markdown\n- a\n```")
    (_, line) = commands(replace(samples.report(0), findings=(found,)), (found,))
    assert "```" not in line
    assert "Write it so:%0A%0A- a%0A" in line


def test_hostile_names_make_no_link_of_their_own() -> None:
    files = "https://github.com/county/library/blob/" + "a" * 40 + "/"
    note = parse(to_json(make(samples.hostile(400), None)))
    said = render(note, RUN, "https://example.org/run", Places(RULES, files))
    outside = re.sub(r"(?s)(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", said.replace("\\`", ""))
    targets = re.findall(r"(?<!\\)\]\(([^)]*)\)", outside)
    assert targets
    assert all(target.startswith((files, RULES, "https://example.org/run")) for target in targets)
    assert not any(re.search(r"[\s<>\"'`]", target) for target in targets)
