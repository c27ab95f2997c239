"""Whatever happens to a worker, each page comes back exactly once, and nothing is left running."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from audit.browser.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.model.finding import PageState
from audit.run.pool import Pool
from audit.run.worker import Job, PageRecord, PageTask
from audit.survey.folder import ExpectedPage
from tests.audit import lives

ADDRESSES = ("/a/", "/b/", "/c/", "/d/", "/e/")


def job(scratch: Path) -> Job:
    return Job("http://127.0.0.1:1", "/", frozenset(), (), BrowserSettings(), CaptureSettings(), None, scratch)


def go(
    scratch: Path,
    life: Callable[[Connection, Job], None],
    addresses: tuple[str, ...] = ADDRESSES,
    size: int = 2,
    limit: float = 60.0,
) -> dict[str, PageRecord]:
    tasks = [PageTask(ExpectedPage(address, None)) for address in addresses]
    with Pool(job(scratch), size, limit, life) as pool:
        records = [record for _, _, record in pool.run(tasks)]
    assert sorted(record.address for record in records) == sorted(addresses)
    return {record.address: record for record in records}


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 2])
def test_every_page_comes_back_once(tmp_path: Path, size: int) -> None:
    assert {each.state for each in go(tmp_path, lives.patient, size=size).values()} == {PageState.AUDITED}


@pytest.mark.slow
def test_a_worker_that_dies_costs_one_page_only(tmp_path: Path) -> None:
    records = go(tmp_path, lives.dying, (*ADDRESSES, "/dies/"))
    assert [each.address for each in records.values() if each.state is PageState.NOT_AUDITED] == ["/dies/"]
    assert records["/dies/"].reason == "The process that audited /dies/ ended (exit status 7)."


def test_a_worker_that_died_by_chance_is_followed_by_another_try(tmp_path: Path) -> None:
    assert {each.state for each in go(tmp_path, lives.dying_once, size=1).values()} == {PageState.AUDITED}


@pytest.mark.slow
def test_a_worker_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    records = go(tmp_path, lives.hanging, (*ADDRESSES, "/hangs/"), limit=4.0)
    assert [each.address for each in records.values() if each.state is PageState.NOT_AUDITED] == ["/hangs/"]
    assert records["/hangs/"].reason == "/hangs/ was not done after 4 s, and its browser was ended."
    started = [int(file.stem) for file in tmp_path.glob("*.pid")]
    assert len(started) == 2  # one for each try
    assert not [pid for pid in started if _runs(pid)]


@pytest.mark.slow
def test_without_a_browser_the_rest_is_not_tried_in_vain(tmp_path: Path) -> None:
    records = go(tmp_path, lives.without_browser, size=1)
    assert {each.reason for each in records.values()} == {"The browser did not start."}


def test_a_worker_that_loses_its_browser_leaves_its_page_to_the_others(tmp_path: Path) -> None:
    assert {each.state for each in go(tmp_path, lives.losing_one_browser).values()} == {PageState.AUDITED}


def _runs(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
            # A process that was ended and that nobody has waited for is still listed.
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return False
        except (OSError, IndexError):
            return False
        time.sleep(0.1)
    return True
