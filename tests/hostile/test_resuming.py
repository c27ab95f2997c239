"""A run on the web that was broken off is gone on with; what it had finished is not asked for again."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest

from audit.errors import ExitCode
from audit.model.finding import PageState
from audit.model.report import Report
from audit.run.interruption import interruptible
from audit.run.run import Silence
from audit.run.worker import PageRecord
from stepfree.__main__ import run as command
from tests.hostile.sites import Reply, page, run, web

LINKS = '<p><a href="/one">One page</a> <a href="/two">Two pages</a> <a href="/three">Three pages</a></p>'


class BreakingOff(Silence):
    """Ends the run as soon as so many pages are done."""

    def __init__(self, pages: int) -> None:
        self.left = pages

    def page(self, record: PageRecord) -> None:
        self.left -= 1
        if not self.left:
            signal.raise_signal(signal.SIGTERM)


@pytest.mark.browser
def test_what_was_finished_is_not_opened_again(tmp_path: Path) -> None:
    # The browser's visits only: the survey and the questions about links go by another name.
    opened: Counter[str] = Counter()

    def answer(path: str, agent: str) -> Reply:
        if "Chrome" in agent:
            opened[path] += 1
        known = {"/": "Home", "/one": "One", "/two": "Two", "/three": "Three"}
        if path not in known:
            return 404, {"Content-Type": "text/html"}, page("Not found").encode()
        return 200, {"Content-Type": "text/html"}, page(known[path], LINKS).encode()

    with web(answer) as address:

        def look(*, resume: bool, listener: Silence | None = None) -> Report:
            with interruptible():
                return run(address, tmp_path, resume=resume, listener=listener)

        broken = look(resume=False, listener=BreakingOff(2))
        assert broken.exit_code is ExitCode.INCOMPLETE
        done = {each.address for each in broken.pages if each.state is PageState.AUDITED}
        assert len(done) == 2

        before = opened.copy()
        resumed = look(resume=True)
        assert {each.state for each in resumed.pages} == {PageState.AUDITED}
        assert len(resumed.pages) == 4
        assert "Taken from the run that was interrupted (--resume): two pages." in resumed.notes
        again = {path for path, times in opened.items() if times > before[path]}
        assert again.isdisjoint(done)

        # That run came to its end: there is nothing left to go on with.
        before = opened.copy()
        once_more = look(resume=True)
        assert all(opened[path] > before[path] for path in ("/", "/one", "/two", "/three"))
        assert not any("--resume" in note for note in once_more.notes)
        assert [each.key for each in once_more.findings] == [each.key for each in resumed.findings]


@pytest.mark.browser
def test_a_record_that_was_damaged_is_not_believed(tmp_path: Path) -> None:
    def answer(path: str, agent: str) -> Reply:
        return 200, {"Content-Type": "text/html"}, page(path, LINKS if path == "/" else "<p>Text.</p>").encode()

    with web(answer) as address:
        with interruptible():
            run(address, tmp_path, listener=BreakingOff(2))
        kept = sorted((tmp_path / "cache" / "unfinished").rglob("*.json"))
        assert len(kept) == 2
        kept[0].write_bytes(kept[0].read_bytes()[:-9] + b"}")
        report = run(address, tmp_path, resume=True)
    assert "Taken from the run that was interrupted (--resume): one page." in report.notes
    assert len([each for each in report.pages if each.state is PageState.AUDITED]) == 4


def test_two_options_that_contradict_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").write_text(page(), encoding="utf-8")
    assert command(["audit", str(tmp_path), "--resume", "--no-cache"]) == ExitCode.USAGE
    assert "--no-cache says not to use it" in capsys.readouterr().err
