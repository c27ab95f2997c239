"""What one worker does: take a page, capture it (or take the capture from the cache), examine it.

A worker is a process of its own with a browser of its own, started when the first page needs
one. What it gives back is a record in JSON: small, free of ports, ready to be kept.
"""

from __future__ import annotations

import os
import signal
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import TypeAdapter

from audit.browser.browser import Browser, BrowserSettings
from audit.capture.record import UnreadableRecord, read, write
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit
from audit.errors import AuditError, BrowserError
from audit.examination.examination import Examined, examine
from audit.model.finding import Condition, PageState
from audit.model.page import Page
from audit.model.site import SitePage
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.survey.folder import ExpectedPage
from audit.survey.site_page import remember
from audit.writing.house_words import use_own_list

if TYPE_CHECKING:
    from audit.model.finding import Json

#: Stands for the server's address in everything that is kept: ports differ from run to run.
STEADY_ORIGIN = "http://127.0.0.1"
#: A browser is replaced after this many pages, so that its memory does not grow without end.
PAGES_PER_BROWSER = 150


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every page of a run.

    ``origin`` and ``base_path`` say where the site is served, ``rules`` which rules run,
    ``captures`` where captures are kept (``None``: nowhere), ``scratch`` a folder for the browser.
    """

    origin: str
    base_path: str
    needs: frozenset[Condition]
    rules: tuple[str, ...]
    browser: BrowserSettings
    capture: CaptureSettings
    captures: Path | None
    scratch: Path
    local: bool = True
    #: The library's own list of words; ``None``: it has none.
    words: Path | None = None


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to look at. ``key`` names its capture in the cache; ``None``: not to be kept."""

    expected: ExpectedPage
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What became of one page. ``failures``: sentences of attempts that failed, also when a later one did not."""

    address: str
    state: PageState
    reason: str | None = None
    title: str | None = None
    examined: Examined = field(default_factory=Examined)
    site: SitePage | None = None
    elements: int | None = None
    problems: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    axe_rules: tuple[str, ...] = ()
    axe_version: str = ""
    browser_version: str = ""
    no_browser: bool = False


@cache
def _adapter() -> TypeAdapter[PageRecord]:
    return TypeAdapter(PageRecord)


def write_record(record: PageRecord) -> bytes:
    """The record as one line of JSON."""
    return _adapter().dump_json(record)


def read_record(data: bytes) -> PageRecord:
    """The record that :func:`write_record` wrote.

    Raises:
        ValueError: it is none.
    """
    return _adapter().validate_json(data)


def failed_record(expected: ExpectedPage, reason: str, failures: tuple[str, ...] = ()) -> PageRecord:
    """A page that could not be audited, and why."""
    return PageRecord(expected.address, PageState.NOT_AUDITED, reason, failures=failures)


class Worker:
    """Looks at pages, one after the other. A context manager: it ends its browser."""

    def __init__(self, job: Job) -> None:
        self.job = job
        use_own_list(job.words)
        self._browser: Browser | None = None
        self._rules: tuple[LoadedRule, ...] = tuple(load_rules()[identifier] for identifier in job.rules)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._browser is not None:
            self._browser.stop()

    def do(self, task: PageTask) -> bytes:
        """The record of one page, as bytes. Failing twice makes it a page that was not audited."""
        failures: list[str] = []
        no_browser = False
        for _ in range(2):
            try:
                record = self._look(task)
            except BrowserError as error:
                failures.append(str(error))
                no_browser = self._browser is None
                if no_browser:
                    break
                self._renew()
            except AuditError as error:
                failures.append(str(error))
            else:
                return self._steady(write_record(replace(record, failures=tuple(failures))))
        record = replace(failed_record(task.expected, failures[-1], tuple(failures)), no_browser=no_browser)
        return self._steady(write_record(record))

    def _look(self, task: PageTask) -> PageRecord:
        page = self._kept(task) or self._captured(task)
        examined = examine(page, self._rules)
        version = page.facts.get("browser")
        count = page.facts.get("static_count")
        return PageRecord(
            address=page.address,
            state=PageState.AUDITED,
            title=" ".join(page.document.title.split()),
            examined=examined,
            site=remember(page, task.expected),
            elements=count if isinstance(count, int) else None,
            problems=page.problems,
            axe_rules=page.axe_rules,
            axe_version=str(page.facts.get("axe_version", "")),
            browser_version=version if isinstance(version, str) else "",
        )

    def _captured(self, task: PageTask) -> Page:
        browser = self._ready()
        expected = task.expected
        settings = replace(self.job.capture, expected_status=expected.status, source_path=expected.source)
        url = self.job.origin + self.job.base_path + expected.address.lstrip("/")
        page = visit(browser, url, expected.address, self.job.needs, settings)
        facts: Mapping[str, Json] = {**page.facts, "browser": browser.version}
        page = replace(page, facts=facts)
        self._keep(task, page)
        return page

    def _ready(self) -> Browser:
        if self._browser is None:
            browser = Browser(self.job.browser)
            browser.start()
            self._browser = browser
        elif self._browser.pages >= PAGES_PER_BROWSER:
            self._browser.restart()
            self._browser.pages = 0
        else:
            self._browser.fresh()
        return self._browser

    def _renew(self) -> None:
        if self._browser is not None:
            self._browser.stop()
            self._browser = None

    # The cache of captures

    def _place(self, task: PageTask) -> Path | None:
        if self.job.captures is None or task.key is None:
            return None
        return self.job.captures / task.key[:2] / f"{task.key}.capture"

    def _kept(self, task: PageTask) -> Page | None:
        place = self._place(task)
        if place is None or not place.is_file():
            return None
        try:
            text = zlib.decompress(place.read_bytes())
            page = read(text.replace(STEADY_ORIGIN.encode() + b":0", self.job.origin.encode()))
        except (UnreadableRecord, zlib.error, OSError):
            # A damaged entry is as good as none: the page is opened again.
            return None
        os.utime(place)
        return page

    def _keep(self, task: PageTask, page: Page) -> None:
        place = self._place(task)
        if place is None:
            return
        text = write(page).replace(self.job.origin.encode(), STEADY_ORIGIN.encode() + b":0")
        keep(place, zlib.compress(text, 1))

    def _steady(self, record: bytes) -> bytes:
        return record.replace(self.job.origin.encode(), STEADY_ORIGIN.encode()) if self.job.local else record


def keep(place: Path, data: bytes) -> None:
    """Write a file of the cache whole or not at all, however many workers write it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(place)


def _leave(number: int, _frame: object) -> None:
    """Asked to end: by way of every ``with``, so that the browser ends too; once is enough."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def work(connection: Connection, job: Job) -> None:
    """The whole life of a worker's process: tasks come in, records go out, ``None`` ends it."""
    # Ctrl-C reaches every process of the terminal; the first one decides what becomes of the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    os.environ["TMPDIR"] = str(job.scratch)
    tempfile.tempdir = str(job.scratch)
    try:
        with Worker(job) as worker:
            while (task := connection.recv()) is not None:
                connection.send_bytes(worker.do(task))
    except (EOFError, BrokenPipeError):
        # The first process is gone: there is nobody to tell.
        return
