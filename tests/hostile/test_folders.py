"""No folder of pages, however bad, passes without having been looked at."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import ExitCode, UsageError
from audit.model.finding import PageState
from audit.model.report import Report, Verdict
from audit.reports.writing import to_json
from audit.run.run import Silence
from audit.run.worker import PageRecord
from audit.settings.config import Config, Exclusion
from tests.hostile.sites import page, run, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def states(report: Report) -> dict[str, PageState]:
    return {each.address: each.state for each in report.pages}


def reason(report: Report, address: str) -> str:
    return next(each.reason or "" for each in report.pages if each.address == address)


def test_a_page_that_never_lets_go_costs_only_itself(tmp_path: Path) -> None:
    busy = page("Busy", "<script>addEventListener('load', () => { for (;;) {} });</script>")
    site = write(tmp_path / "site", {"index.html": page(), "busy.html": busy, "z.html": page()})
    report = run(site, tmp_path, timeout=12)
    assert states(report) == {
        "/": PageState.AUDITED,
        "/busy.html": PageState.NOT_AUDITED,
        "/z.html": PageState.AUDITED,
    }
    assert report.exit_code is ExitCode.INCOMPLETE
    assert "/busy.html" in reason(report, "/busy.html")


def test_pages_with_their_own_kinds_of_trouble(tmp_path: Path) -> None:
    """One site, so that the browser is started once."""
    site = write(
        tmp_path / "site",
        {
            "index.html": page("Home", '<a href="old.html">Old</a> <a href="gone/">Gone</a>'),
            # Leaves for another page by script while it is looked at.
            "leaves.html": page("Leaves", "<script>setTimeout(() => location.replace('/index.html'), 50);</script>"),
            # A script error leaves an empty shell.
            "shell.html": page("Shell", "<div id='app'></div><script>document.title = missing.name;</script>"),
            "old.html": '<!doctype html><meta http-equiv="refresh" content="0; url=/moved/">',
            "404.html": page("Not found"),
            "no-language.html": "<!doctype html><title>No language</title><p>Text",
            "hilfe.html": "<!doctype html><html lang='de'><title>Hilfe</title><p>Text",
        },
    )
    report = run(site, tmp_path)
    assert states(report)["/404.html"] is PageState.AUDITED
    assert states(report)["/old.html"] is PageState.EXCLUDED
    assert reason(report, "/old.html") == "It only sends visitors on to /moved/."
    # Whatever becomes of a page that leaves: never findings of the page it led to under its name.
    leaving = next(each for each in report.pages if each.address == "/leaves.html")
    assert leaving.state is PageState.NOT_AUDITED or leaving.title == "Leaves"
    assert any("/shell.html: Script error" in note for note in report.notes)
    assert any(note.endswith("In other languages they look at nothing: German (1).") for note in report.notes)
    found = {(each.rule, each.page) for each in report.findings}
    assert ("page-without-language", "/no-language.html") in found
    # The redirect leads nowhere, and so does a link: both are told.
    assert ("broken-link", "/old.html") in found
    assert ("broken-link", "/") in found


def test_a_browser_that_does_not_start_is_no_clean_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write(tmp_path / "site", {"index.html": page(), "a.html": page()})
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("STEPFREE_BROWSER", str(broken))
    report = run(site, tmp_path)
    assert set(states(report).values()) == {PageState.NOT_AUDITED}
    assert report.exit_code is ExitCode.INCOMPLETE
    assert "browser did not start" in reason(report, "/").lower()


def test_a_browser_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write(tmp_path / "site", {"index.html": page()})
    monkeypatch.setenv("STEPFREE_BROWSER", str(tmp_path / "missing"))
    report = run(site, tmp_path)
    assert report.exit_code is ExitCode.INCOMPLETE
    assert "STEPFREE_BROWSER names" in reason(report, "/")


class _Impatient(Silence):
    """Somebody who presses Ctrl-C when the first page is done."""

    def page(self, record: PageRecord) -> None:
        raise KeyboardInterrupt


def test_a_run_that_is_broken_off_says_how_far_it_came(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site", {"a.html": "<!doctype html><title>A</title><p>A", "b.html": page(), "c.html": page()}
    )
    report = run(site, tmp_path, listener=_Impatient())
    assert sorted(states(report).values()) == [PageState.AUDITED, PageState.NOT_AUDITED, PageState.NOT_AUDITED]
    assert report.verdict is Verdict.INCOMPLETE
    assert [each.rule for each in report.findings] == ["page-without-language"]
    assert any("interrupted" in each.sentence for each in report.errors)


def test_the_same_site_gives_the_same_bytes_with_one_worker_and_with_two(tmp_path: Path) -> None:
    files = {f"{name}.html": f"<!doctype html><title>{name}</title><img src=x.png><p>{name}" for name in "abcd"}
    site = write(tmp_path / "site", files)
    one = run(site, tmp_path, workers=1, only=())
    two = run(site, tmp_path, workers=2, only=())
    assert to_json(replace(one, tool={})) == to_json(replace(two, tool={}))
    assert one.summary.failed


def test_what_is_excluded_in_vain_blocks(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page()})
    config = Config(exclude=(Exclusion("/gone/*", "was removed", "stepfree.toml", 4),))
    report = run(site, tmp_path, config=config, use_browser=False)
    (finding,) = report.findings
    assert (finding.rule, finding.blocking) == ("exclusion-unused", True)


@pytest.mark.parametrize("text", ["", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>"])
def test_a_sitemap_without_pages_blocks(text: str, tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page(), "sitemap.xml": text})
    report = run(site, tmp_path, use_browser=False)
    assert [(each.rule, each.blocking) for each in report.findings] == [("broken-sitemap", True)]


def test_an_entry_of_a_sitemap_that_is_no_address_is_told(tmp_path: Path) -> None:
    entry = "<urlset><url><loc>http://[library</loc></url></urlset>".replace("<urlset>", "<urlset xmlns='x:y'>")
    site = write(tmp_path / "site", {"index.html": page(), "sitemap.xml": entry})
    report = run(site, tmp_path, use_browser=False)
    (finding,) = report.findings
    assert (finding.rule, finding.blocking) == ("broken-sitemap", True)
    assert "lists “http://[library”, which is not an address" in finding.message


def test_a_name_that_is_no_text_is_no_change_of_the_site(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page()})
    try:
        (site / os.fsdecode(b"caf\xe9.html")).write_text(page())
    except OSError:
        pytest.skip("this file system takes only names that are text")
    report = run(site, tmp_path, use_browser=False)
    assert report.errors == ()
    assert "not UTF-8 text" in reason(report, "/caf%E9.html")


def test_a_name_that_is_no_text_is_no_change_beside_a_file_that_is_audited_alone(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"index.html": page()})
    nameless = site / os.fsdecode(b"caf\xe9.html")
    try:
        nameless.write_text(page())
    except OSError:
        pytest.skip("this file system takes only names that are text")
    report = run(site / "index.html", tmp_path, use_browser=False)
    assert report.errors == ()
    with pytest.raises(UsageError, match="not UTF-8 text"):
        run(nameless, tmp_path, use_browser=False)


def test_a_control_that_empties_the_page_is_told(tmp_path: Path) -> None:
    # In markup of an element open() is document.open(), which leaves nothing of the page.
    control = "<button onfocus=\"open('/hours.html')\">Hours</button>"
    site = write(tmp_path / "site", {"index.html": page("Home", control)})
    report = run(site, tmp_path, only=("focus-removed-at-once",))
    assert states(report) == {"/": PageState.AUDITED}, reason(report, "/")
    assert [each.rule for each in report.findings] == ["focus-removed-at-once"]
