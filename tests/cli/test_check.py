"""``stepfree check`` on a small real project: built, opened in a real browser, judged."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from stepfree.__main__ import run
from stepfree.folder_digest import tree_digest
from tests.site.projects import REPOSITORY, Project, project

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

#: These tests are about the way from a line to a finding; few rules make them quick.
RULES = ("page-without-language", "page-without-title", "broken-link", "image-alt", "empty-heading", "list")
OPTIONS = [part for rule in RULES for part in ("--rule", rule)]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = project(tmp_path)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    with (tmp_path / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nSTEPFREE_EXTRA_PAGES = None\n")
    (tmp_path / "plugins").symlink_to(REPOSITORY / "plugins")
    (tmp_path / "theme" / "components").mkdir(exist_ok=True)
    (tmp_path / "theme" / "static").mkdir(exist_ok=True)
    made.write(
        "stepfree.toml",
        '[audit]\nprofile = "everything"\nblock = ["aoda"]\nblock_rules = ["broken-link"]\n[paths]\nexcuses = "excuses.toml"\n',
    )
    made.write(
        "content/images/x.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h40v40z"/></svg>',
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("STEPFREE_TODAY", "2026-11-22")
    return made


def check(*more: str) -> int:
    return run(["check", "--format", "json", "--workers", "1", *OPTIONS, *more])


def report(site: Project) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((site.folder / "build" / "report" / "report.json").read_text(encoding="utf-8"))
    return loaded


def test_a_clean_site_passes_and_its_digest_is_that_of_what_was_audited(
    site: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("pages/about.md", "See [the start]({filename}index.md).\n")
    assert check() == 0, capsys.readouterr()
    found = report(site)
    assert {page["state"] for page in found["pages"]} == {"audited"}
    # Some rules only: nothing was found, and nothing is proved.
    assert capsys.readouterr().out.startswith("Only the rules")
    assert not (site.folder / "build" / "digest.txt").exists()
    # As if these were all the rules that there are.
    monkeypatch.setattr("audit.run.conclusion.narrowed", lambda _: ())
    assert check("--no-cache") == 0, capsys.readouterr()
    assert (site.folder / "build" / "digest.txt").read_text().strip() == tree_digest(site.folder / "build" / "site")


def test_a_fault_is_named_with_file_and_line_and_leaves_no_digest(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("pages/about.md", 'One line.\n\nAnother.\n\n<p>A picture: <img src="/images/x.svg"></p>\n')
    (site.folder / "build").mkdir()
    (site.folder / "build" / "digest.txt").write_text("of an earlier build\n")
    assert check() == 1
    found = {each["rule"]: each["source"] for each in report(site)["findings"]}
    assert found["image-alt"] == {"path": "content/pages/about.md", "line": 8, "kind": "content"}
    assert "content/pages/about.md:8" in capsys.readouterr().out
    assert not (site.folder / "build" / "digest.txt").exists()


def test_a_site_that_has_not_changed_is_not_looked_at_again(
    site: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("pages/about.md", '<p>A picture: <img src="/images/x.svg"></p>\n')
    assert check() == 1
    told, first = capsys.readouterr().out, report(site)
    with monkeypatch.context() as patch:
        patch.setattr("stepfree.auditing.audit", lambda *_: pytest.fail("it was audited"))
        assert check() == 1
    again = capsys.readouterr()
    assert "Nothing has changed since the last check" in again.err
    assert again.out == told
    assert report(site) == first
    site.page("pages/about.md", '<p>A picture: <img src="/images/x.svg" alt="A fox"></p>\n')
    assert check() == 0
    assert "Nothing has changed" not in capsys.readouterr().err


def test_a_fault_of_the_theme_is_said_once_and_not_put_on_authors(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("pages/about.md", "Text.\n")
    base = (site.folder / "theme" / "templates" / "base.html").read_text()
    site.write("theme/templates/base.html", base.replace("<main", '<p><img src="/none.png"></p>\n<main'))
    assert check() == 1
    images = [each for each in report(site)["findings"] if each["rule"] == "image-alt"]
    (finding,) = images
    assert finding["source"]["path"] == "theme/templates/base.html"
    assert finding["source"]["kind"] == "theme"
    assert len(finding["pages"]) > 1
    capsys.readouterr()


def test_an_excuse_beside_the_thing_lets_it_pass_and_is_told(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    until = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=90)
    words = f'reason="It is being drawn anew." owner="Systems coordinator" until={until}'
    site.page(
        "pages/about.md",
        f'<!-- stepfree: allow image-alt {words} -->\n\n<p>A picture: <img src="/images/x.svg"></p>\n',
    )
    assert check() == 0, capsys.readouterr()
    (finding,) = [each for each in report(site)["findings"] if each["rule"] == "image-alt"]
    assert (finding["state"], finding["excuse"]["owner"]) == ("excused", "Systems coordinator")
    assert "stepfree:" not in (site.folder / "build" / "site" / "about" / "index.html").read_text()
    capsys.readouterr()


def test_a_misspelt_field_stops_before_any_browser(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    site.page("pages/about.md", "Text.\n", sumary="Short.")
    assert check() == 2
    said = capsys.readouterr().err
    assert "content/pages/about.md:3" in said
    assert "summary" in said
    assert "Traceback" not in said


def test_broken_yaml_is_told_with_its_line(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("content/pages/about.md", "---\ntitle: [About\n---\nText.\n")
    assert check() == 2
    assert "content/pages/about.md:" in capsys.readouterr().err


def test_an_empty_content_folder_is_nothing_to_audit(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(site.folder / "content")
    (site.folder / "content").mkdir()
    assert check() in {2, 3}
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said
