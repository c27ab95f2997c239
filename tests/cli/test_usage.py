"""Whatever is wrong with a command is one sentence on stderr, and the right exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audit.reports.writing import to_json
from stepfree.__main__ import run
from tests.reports import samples


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def page(folder: Path, name: str = "index.html") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text('<!doctype html><html lang="en"><title>A page</title><h1>A page</h1>')


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["adit"], "There is no command “adit”. Did you mean “audit”?"),
        (["xyz"], "There is no command “xyz”. The commands are audit"),
        (["audit", "site", "--formt", "json"], "There is no option --formt. Did you mean “--format”?"),
        (["audit", "site", "--zzz"], "There is no option --zzz. See stepfree audit --help."),
        (["audit"], "Something is missing: TARGET."),
        (["audit", "site", "--profile", "aodaa"], "There is no profile “aodaa”. Did you mean “aoda”?"),
        (["audit", "site", "--block", "aoda,wcg22-aa"], "There is no profile “wcg22-aa”. Did you mean “wcag22-aa”?"),
        (["audit", "site", "--format", "jsn"], "There is no report format “jsn”. Did you mean “json”?"),
        (["audit", "site", "--format", ""], "--format names no format."),
        (["audit", "site", "--rule", "image-alternative"], "There is no rule “image-alternative”."),
        (["audit", "site", "--rule", "page-without-languages"], "Did you mean “page-without-language”?"),
        (["audit", "site", "--workers", "0"], "--workers cannot be “0”: write a whole number from 1 to 64."),
        (["audit", "site", "--workers", "many"], "--workers cannot be “many”: write a whole number from 1 to 64."),
        (["audit", "site", "--sample", "-3"], "--sample cannot be “-3”: write a whole number, 1 or more."),
        (["audit", "site", "--seed", "x"], "--seed cannot be “x”: write a whole number."),
        (["convert", "missing.docx"], "File “missing.docx” does not exist."),
        (["audit", "site", "--base-path", "https://x.example.org/"], "is not a base path"),
        (["audit", "nowhere"], "nowhere: there is no such folder."),
        (["audit", "site/text.txt"], "neither an HTML file nor a document"),
        (["audit", "site", "--manifest", "missing.json"], "missing.json: the manifest cannot be read"),
        (["audit", "site", "--config", "missing.toml"], "missing.toml: the configuration cannot be read"),
        (["audit", "http://"], "is not a web address"),
        (["audit", "ftp://library.example.org/"], "An address begins with https:// or http://."),
        (["audit", "www.example.org"], "If it is an address on the web, write https://www.example.org."),
        (["audit", "plan.pdf"], "plan.pdf: there is no such file."),
        (["import", "site.xml"], "Write stepfree import wordpress site.xml or stepfree import libguides site.xml."),
        (["import", "calender"], "Did you mean “calendar”?"),
        (["new"], "The types are booklist, branch"),
        (["new", "program"], "There is no website here"),
        (["check"], "There is no website here"),
        (["report", "missing.json"], "missing.json: the report cannot be read"),
        (["compare", "missing.json", "other.json"], "missing.json: the report cannot be read"),
        (["compare", "site/text.txt", "site/text.txt"], "is not a report"),
        (["compare", "a.json", "b.json", "--json", "--markdown"], "--json and --markdown cannot be used together."),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page(tmp_path / "site")
    (tmp_path / "site" / "text.txt").write_text("text")
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_misspelt_setting_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(tmp_path / "site")
    (tmp_path / "stepfree.toml").write_text('[audit]\nprofle = "aoda"\n')
    assert run(["audit", "site"]) == 2
    assert "stepfree.toml:2: unknown key “profle” in [audit]. Did you mean “profile”?" in capsys.readouterr().err


def test_an_empty_folder_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    assert run(["audit", "site"]) == 3
    assert "there is no HTML file and no document in this folder" in capsys.readouterr().err


def test_a_fault_of_ours_is_a_sentence_and_its_traceback_goes_to_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    page(tmp_path / "site")
    monkeypatch.setattr("audit.run.run.survey_folder", broken)
    assert run(["audit", "site"]) == 5
    said = capsys.readouterr().err
    assert "This is a fault in Stepfree, not in your pages: ZeroDivisionError." in said
    assert "Traceback" not in said
    assert "secret detail" in (tmp_path / "build" / "stepfree.log").read_text()


def test_without_a_browser_pages_are_not_audited_and_that_is_exit_code_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page(tmp_path / "site")
    assert run(["audit", "site", "--no-browser"]) == 4
    report = json.loads((tmp_path / "build" / "report" / "report.json").read_text())
    assert report["summary"]["not_audited"] == 1
    assert report["pages"][0]["reason"] == "No browser was to be used (--no-browser)."
    capsys.readouterr()


def test_rules_about_links_run_without_a_browser(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(tmp_path / "site")
    (tmp_path / "site" / "a.html").write_text('<title>A</title><a href="nowhere.html">Nowhere</a>')
    assert run(["audit", "site", "--no-browser", "--profile", "everything", "--rule", "broken-link"]) == 4
    report = json.loads((tmp_path / "build" / "report" / "report.json").read_text())
    assert [(each["rule"], each["page"]) for each in report["findings"]] == [("broken-link", "/a.html")]
    capsys.readouterr()


@pytest.mark.parametrize("formats", ["json", "csv,json", "sarif,junit,json,earl"])
def test_no_format_changes_the_exit_code(formats: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(tmp_path / "site")
    assert run(["audit", "site", "--no-browser", "--format", formats]) == 4
    capsys.readouterr()


def test_a_report_is_rendered_again_without_auditing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(tmp_path / "site")
    run(["audit", "site", "--no-browser", "--format", "json"])
    assert run(["report", "--format", "csv", "--output", "again"]) == 0
    assert [file.name for file in (tmp_path / "again").iterdir()] == ["findings.csv"]
    capsys.readouterr()


def test_a_report_compared_with_itself_has_nothing_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(tmp_path / "site")
    run(["audit", "site", "--no-browser"])
    file = "build/report/report.json"
    # The later audit is incomplete, and that is said rather than “nothing new”.
    assert run(["compare", file, file]) == 4
    said = capsys.readouterr().out
    assert "None new, none fixed and none unchanged." in said
    assert "incomplete" in said


def test_a_comparison_is_written_as_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = samples.finding("vague-link", line=4), samples.finding("fake-list", line=9)
    reports = {"base.json": (before,), "head.json": (after,)}
    for name, findings in reports.items():
        made = replace(samples.report(0), findings=findings)
        (tmp_path / name).write_bytes(to_json(made))
    assert run(["compare", "base.json", "head.json", "--markdown"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("# What changed\n")
    new, fixed = said.index("## New"), said.index("## Fixed")
    assert new < said.index("Three lines begin with") < fixed < said.index(":4")


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out
    for command in ("audit", "build", "check", "compare", "explain", "report"):
        assert f"  {command}" in listed
        assert run([command, "--help"]) == 0
        assert "Usage: stepfree" in capsys.readouterr().out


def test_no_arguments_show_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_help_does_not_load_the_browser_or_the_builder() -> None:
    script = (
        "import sys; from stepfree.__main__ import run; run(['--help']); "
        "heavy = {'selenium', 'pelican', 'lxml', 'pydantic', 'numpy', 'rich'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_installed_program_is_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stepfree", "audit", "nowhere"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 2
    assert "there is no such folder" in done.stderr


@pytest.mark.parametrize("arguments", [["help"], ["help", "audit"]])
def test_help_is_asked_for_in_a_word_too(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    assert capsys.readouterr().out.startswith(f"Usage: stepfree{' audit' if len(arguments) > 1 else ''} ")
