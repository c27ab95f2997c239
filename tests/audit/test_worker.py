"""What becomes of a page whose answers make no sense: it is not audited, and says so; the run goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.browser.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.model.finding import PageState
from audit.run.worker import STEADY_ORIGIN, Job, PageTask, Worker, read_record
from audit.survey.folder import ExpectedPage


@pytest.mark.parametrize("error", [KeyError("version"), TypeError("no list"), RecursionError("too deep")])
def test_a_page_that_cannot_be_understood_is_not_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def captured(worker: Worker, task: PageTask) -> Any:
        raise error

    monkeypatch.setattr(Worker, "captured", captured)
    job = Job(STEADY_ORIGIN, "/", frozenset(), (), BrowserSettings(), CaptureSettings(), None, tmp_path)
    record = read_record(Worker(job).do(PageTask(ExpectedPage("/", "index.html"))))
    assert record.state is PageState.NOT_AUDITED
    assert record.reason is not None
    assert record.reason.startswith("What / answered cannot be understood (")
    assert type(error).__name__ in record.reason
    assert len(record.failures) == 2
