"""What a worker keeps from page to page, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.browser.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.model.finding import Condition
from audit.run.worker import Job, PageTask, Worker
from audit.survey.folder import ExpectedPage
from audit.survey.server import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("changing", "seen"), [(True, "After"), (False, "Before")])
def test_what_stands_at_the_end_of_a_link_is_read_anew_while_pages_change(
    tmp_path: Path, changing: bool, seen: str
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    link = '<!DOCTYPE html><html lang="en"><title>One</title><p><a href="end.html">The end</a></p>'
    (site / "index.html").write_text(link, encoding="utf-8")
    end = '<!DOCTYPE html><html lang="en"><title>{0}</title><p>{0}</p>'
    with Server(site, "/") as server:
        job = Job(
            server.root.rstrip("/"),
            "/",
            frozenset({Condition.WIDE}),
            (),
            BrowserSettings(),
            CaptureSettings(axe=False, forms=False, watching=0.0),
            None,
            tmp_path,
            changing=changing,
        )
        with Worker(job) as worker:
            for title in ("Before", "After"):
                (site / "end.html").write_text(end.format(title), encoding="utf-8")
                worker.do(PageTask(ExpectedPage("/", "index.html")))
            page, _ = worker.captured(PageTask(ExpectedPage("/", "index.html")))
    assert seen in str(page.observed.link_ends)
