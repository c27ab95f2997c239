"""A proposed change from its two audits to the comment on it: what is new, and what only moved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.github.comment import RunNumber, render
from audit.github.note import make, parse, to_json
from audit.judgement.comparison import Comparison, compare
from audit.model.finding import Finding
from stepfree.__main__ import run
from stepfree.reading import read_report
from tests.site.projects import REPOSITORY, Project, project

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

RULES = ("fake-list", "vague-link-text", "skipped-heading-level", "image-without-alternative")
FAULTY = """\
To see the lamp, [click here](/contact/).

With the lamp we lend:
- a bag
- a cord

#### Where it stands

![](/images/lamp.svg)
"""
LAMP = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="9" cy="9" r="9"/></svg>'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = project(tmp_path)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    with (tmp_path / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nSTEPFREE_EXTRA_PAGES = None\n")
    (tmp_path / "plugins").symlink_to(REPOSITORY / "plugins")
    made.write("content/images/lamp.svg", LAMP)
    made.page("pages/contact.md", "Call us.\n")
    made.page("pages/mending.md", FAULTY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("STEPFREE_TODAY", "2026-11-22")
    return made


def _check(name: str, *more: str) -> int:
    """The exit code of ``stepfree check`` on the site as it is now; its report is kept under a name."""
    wanted = [part for rule in RULES for part in ("--rule", rule)]
    options = ["--profile", "everything", "--format", "json", "--workers", "1", "--output", name]
    return run(["check", *options, *wanted, *more])


def _audit(site: Project, name: str) -> Path:
    assert _check(name) in {0, 1}
    return site.folder / name / "report.json"


def _difference(site: Project, change: Callable[[], None]) -> Comparison:
    before = _audit(site, "base")
    change()
    return compare(read_report(before), read_report(_audit(site, "head")))


def _where(finding: Finding) -> tuple[str, str, int | None]:
    assert finding.source is not None
    return finding.rule, finding.source.path, finding.source.line


def test_what_only_moves_is_not_new(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    def move() -> None:
        old = site.folder / "content/pages/mending.md"
        head, body = old.read_text(encoding="utf-8").split("---\n", 2)[1:]
        # A paragraph above, another name of the file, so another address, and a new menu on every page.
        new = f"---\n{head}---\nThe lamp came back in spring.\n\nIt is green.\n\n{body}"
        old.with_name("lamps.md").write_text(new, encoding="utf-8")
        old.unlink()
        base = site.folder / "theme/templates/base.html"
        menu = '<body>\n<nav aria-label="Main"><a href="/">Start</a> <a href="/contact/">Reach us</a></nav>'
        base.write_text(base.read_text(encoding="utf-8").replace("<body>", menu), encoding="utf-8")

    found = _difference(site, move)
    assert (found.new, found.gone, found.not_comparable) == ((), (), ())
    assert {each.rule for each in found.unchanged} == set(RULES)
    assert {_where(each)[1] for each in found.unchanged} == {"content/pages/lamps.md"}
    capsys.readouterr()


def test_a_second_equal_fault_is_new_and_the_comment_names_its_line(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site.folder / "content/pages/mending.md"

    def again() -> None:
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}\nTo see the lamp, [click here](/contact/).\n", encoding="utf-8")

    found = _difference(site, again)
    last = len(file.read_text(encoding="utf-8").splitlines())
    assert [_where(each) for each in found.new] == [("vague-link-text", "content/pages/mending.md", last)]
    assert (found.gone, found.not_comparable) == ((), ())
    note = parse(to_json(make(read_report(site.folder / "head/report.json"), found)))
    said = render(note, RunNumber(7, 1), "https://example.org/runs/7")
    (site.folder / "comment.md").write_text(said, encoding="utf-8")
    assert "content/pages/mending.md" in said
    assert f"ine {last}" in said
    assert "Where it stands" not in said, "what was there before is held against nobody"
    capsys.readouterr()


def test_only_what_the_change_adds_is_held_against_it(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    block = ("--block", "wcag22-aa")
    assert _check("base", *block) == 1
    capsys.readouterr()
    base = ("--base", "base/report.json")
    assert _check("same", *block, *base) == 0
    assert "was there before this change, and isn’t counted against it" in capsys.readouterr().out
    assert not (site.folder / "build/digest.txt").exists(), "what blocks is not published all the same"
    file = site.folder / "content/pages/mending.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n![](/images/lamp.svg)\n", encoding="utf-8")
    assert _check("head", *block, *base) == 1
    said = capsys.readouterr().out
    assert "One new (one blocks)" in said
    assert "::error" not in said, "the workflow has a step of its own that says it beside the lines"


def test_a_report_to_compare_with_that_is_not_there_is_said_before_the_work(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _check("head", "--base", "none/report.json") == 2
    assert "none/report.json: the report cannot be read" in capsys.readouterr().err
    assert not (site.folder / "build/site").exists()
