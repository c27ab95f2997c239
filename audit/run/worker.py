"""What one worker does: take a page, capture it (or take the capture from the cache), examine it.

A worker is a process of its own with a browser of its own, started when the first page needs
one. What it gives back is a record in JSON: small, free of ports, ready to be kept.
"""

from __future__ import annotations

import gc
import os
import signal
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from pydantic import TypeAdapter

from audit.browser.browser import Browser, BrowserSettings
from audit.browser.processes import stay_deaf
from audit.capture.journey_state import StepFailed
from audit.capture.opening import SentOn
from audit.capture.record import UnreadableRecord, read, write
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit
from audit.errors import AuditError, BrowserError
from audit.examination.examination import Examined, examine
from audit.examination.regions import Ownership
from audit.model.addresses import INDEXES
from audit.model.finding import Condition, DocumentResult, PageState
from audit.model.page import Page
from audit.model.site import SitePage
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.run.concealing import concealed
from audit.run.frames import Unread, looked_into
from audit.run.linked_pages import answered, shared_files
from audit.run.presence import absence
from audit.run.store import Store, Uses, today
from audit.semantics.linked_pages import noted
from audit.settings.access import Access
from audit.settings.journeys import secrets
from audit.settings.regions import Region
from audit.survey.folder import ExpectedPage
from audit.survey.server import Server
from audit.survey.site_page import remember
from audit.writing.house_words import use_own_list

#: Stands for the server's address in everything that is kept: ports differ from run to run.
STEADY_ORIGIN = "http://127.0.0.1"
#: Said of a page that is looked at although it never came to rest.
UNSETTLED = "it never settled, so what was seen of it may be one moment of many."
#: New objects after which Python looks for those that nothing refers to but each other. A page makes some hundred
#: thousand objects that stay until it is written down; Python's own number would have it look at them again and again.
GARBAGE = 50_000
#: Characters of a page's title that are kept.
LONGEST_TITLE = 300
#: Said of what a run had not come to when somebody ended it.
BROKEN_OFF = "The run was interrupted before it."
#: A browser is replaced after this many pages, so that its memory does not grow without end.
PAGES_PER_BROWSER = 150


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every page of a run.

    ``folder`` is what each worker serves under ``base_path``; ``None``: the site is at ``origin``.
    ``rules`` says which rules run, ``cache`` where captures are kept (``None``: nowhere), ``scratch``
    is a folder for the browser.
    """

    origin: str
    base_path: str
    needs: frozenset[Condition]
    rules: tuple[str, ...]
    browser: BrowserSettings
    capture: CaptureSettings
    cache: Path | None
    scratch: Path
    folder: Path | None = None
    #: Whether the server's address, which is another in each run, is left out of what is given back.
    steady: bool = True
    #: The library's own list of words; ``None``: it has none.
    words: Path | None = None
    #: Packs of further rules, see :func:`audit.rules.load`.
    packs: tuple[str, ...] = ()
    #: What must be on pages before they are looked at.
    access: Access = field(default_factory=Access)
    #: What of the pages belongs to somebody else.
    regions: tuple[Region, ...] = ()
    #: Whether pages may change while the run lasts, as in a preview: then nothing is kept from page to page.
    changing: bool = False


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to look at. ``key`` names its capture in the cache; ``None``: not to be kept."""

    expected: ExpectedPage
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What became of one page. ``failures``: sentences of attempts that failed, also when a later one did not.

    ``sent_on``: the address of the site that the page sends its visitors on to at once.
    ``uses``: what it was made from; ``None``: not known for certain, so it may not be used again.
    """

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
    document: DocumentResult | None = None
    sent_on: str | None = None
    #: Of where a journey leads: the address of that page, and the step at which the journey stopped.
    reached: str | None = None
    stopped: int | None = None
    uses: Uses | None = None
    #: Frames of the site's own in which nothing was looked at.
    unread: tuple[Unread, ...] = ()
    #: Stops of the Tab key after which the walk was broken off.
    broken_off: int | None = None

    @property
    def lasting(self) -> bool:
        """Whether the same page would have the same record another time: it is whole, and was had at the first try."""
        whole = self.state is PageState.AUDITED and not self.failures and not self.examined.crashes
        return whole and self.uses is not None


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


def shortened(title: str) -> str:
    """A title as reports show it: nobody reads a longer one, and it stands in them many times."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def failed_record(expected: ExpectedPage, reason: str, failures: tuple[str, ...] = ()) -> PageRecord:
    """A page that could not be audited, and why."""
    return PageRecord(expected.address, PageState.NOT_AUDITED, reason, failures=failures)


class Worker:
    """Looks at pages, one after the other. A context manager: it ends its browser."""

    def __init__(self, job: Job) -> None:
        self.job = job
        use_own_list(job.words)
        self._browser: Browser | None = None
        #: Journeys that go no further, by name.
        self._stopped: dict[str, StepFailed] = {}
        #: The day on which the page was opened.
        self._day = ""
        self._server = Server(job.folder, job.base_path, kept=not job.changing) if job.folder is not None else None
        self._store = (
            Store(job.cache, self._server.folder, job.browser.time_zone) if job.cache and self._server else None
        )
        self._rules: tuple[LoadedRule, ...] = tuple(load_rules(job.packs)[identifier] for identifier in job.rules)

    def __enter__(self) -> Self:
        if self._server is not None:
            self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._browser is not None:
            self._browser.stop()
        if self._server is not None:
            self._server.__exit__(kind, error, trace)

    @property
    def origin(self) -> str:
        """Where the site is served."""
        return self._server.origin if self._server is not None else self.job.origin

    def _hosts(self) -> tuple[str, ...] | None:
        """What the browser may reach: where the site is served, and what the settings allow."""
        if "*" in self.job.capture.allowed:
            return None
        return tuple(urlsplit(each).netloc for each in (self.origin, *self.job.capture.allowed))

    def do(self, task: PageTask) -> bytes:
        """The record of one page, as bytes. Failing twice makes it a page that was not audited."""
        state = task.expected.state
        data = self._steady(write_record(self._done(task)))
        return concealed(data, secrets([state.journey]).values()) if state is not None else data

    def _done(self, task: PageTask) -> PageRecord:
        failures: list[str] = []
        no_browser = False
        state, stopped = task.expected.state, None
        if state is not None and (known := self._stopped.get(state.journey.name)) and known.steps <= state.steps:
            return replace(failed_record(task.expected, str(known), (str(known),)), stopped=known.steps)
        for _ in range(2):
            try:
                record = self._look(task)
                return replace(record, failures=tuple(failures))
            except SentOn as error:
                # No failure of the audit: it would be the same the second time.
                # A journey whose first page leads elsewhere has not begun.
                sent_on = self._address(error.target) if state is None and not error.unsure else None
                return replace(failed_record(task.expected, str(error)), sent_on=sent_on)
            except StepFailed as error:
                failures.append(str(error))
                stopped = error
            except BrowserError as error:
                failures.append(str(error))
                no_browser = self._browser is None
                if no_browser:
                    break
                self._renew()
            except AuditError as error:
                failures.append(str(error))
            except MemoryError:
                failures.append(f"To look at {task.expected.address} needs more memory than there is.")
                self._renew()
            except Exception as error:  # noqa: BLE001 - a hostile page may answer anything; the run must go on
                said = f"{type(error).__name__}: {error}"[:200]
                failures.append(f"What {task.expected.address} answered cannot be understood ({said}).")
                self._renew()
        record = replace(failed_record(task.expected, failures[-1], tuple(failures)), no_browser=no_browser)
        if stopped is None or state is None:
            return record
        self._stopped[state.journey.name] = stopped
        return replace(record, stopped=stopped.steps)

    def _address(self, url: str) -> str | None:
        """The address below the base path; ``None`` outside of the site."""
        root = self.origin + self.job.base_path
        if not url.startswith(root):
            return None
        path = "/" + url.split("#", 1)[0].split("?", 1)[0][len(root) :]
        folder, _, file = path.rpartition("/")
        return f"{folder}/" if file in INDEXES else path

    def _look(self, task: PageTask) -> PageRecord:
        page, uses = self._kept(task) or self.captured(task)
        if (why := absence(page, walked=task.expected.state is not None)) is not None:
            return failed_record(task.expected, why)
        with noted() as questions:
            theirs = self._theirs(task.expected, page)
            examined = examine(page, self._rules, theirs)
        asked, unread = looked_into(page, Ownership(page, theirs), self._address)
        examined = replace(examined, outcomes=(*examined.outcomes, *asked))
        if uses is not None and not self.job.packs:
            # Rules of others may ask in ways that nobody notes.
            uses = replace(uses, answered=answered(page, questions, self.origin))
        return PageRecord(
            address=page.address,
            state=PageState.AUDITED,
            title=shortened(" ".join(page.document.title.split())),
            examined=examined,
            site=remember(page, task.expected) if task.expected.state is None else None,
            elements=page.observed.static_count,
            problems=page.problems if page.observed.settled else (*page.problems, UNSETTLED),
            axe_rules=page.axe_rules,
            axe_version=page.observed.axe_version,
            browser_version=page.observed.browser,
            uses=uses,
            reached=self._address(page.url) if task.expected.state is not None else None,
            unread=unread,
            broken_off=len(page.keyboard.forward) if page.keyboard and page.keyboard.ended == "limit" else None,
        )

    def _theirs(self, expected: ExpectedPage, page: Page) -> tuple[Region, ...]:
        """The regions of others that hold where the page is: for what a journey leads to, where it has led."""
        at = expected.address
        if expected.state is not None:
            at = self._address(page.url) or urlsplit(page.url).path
        return tuple(region for region in self.job.regions if region.is_on(at))

    def captured(self, task: PageTask) -> tuple[Page, Uses | None]:
        """The page, looked at now, and what the visit used."""
        browser = self._ready()
        if self.job.changing:
            browser.linked.clear()
        expected = task.expected
        settings = replace(
            self.job.capture,
            expected_status=expected.status,
            source_path=expected.source,
            awaited=self.job.access.awaited(expected.address),
        )
        url = self.origin + self.job.base_path + expected.address.lstrip("/")
        if (state := expected.state) is not None:
            journey = state.journey
            url = journey.start if journey.origin else self.origin + self.job.base_path + journey.start.lstrip("/")
            settings = replace(settings, state=state, secrets=secrets([journey]), signed_in=None)
        if self._server is not None:
            self._server.ledger.begin()
        self._day = today(self.job.browser.time_zone)
        page = visit(browser, url, expected.address, self.job.needs, settings)
        uses = self._uses(page)
        if uses is not None:
            self._keep(task, page, uses)
        return page, uses

    def _uses(self, page: Page) -> Uses | None:
        """What a visit has just used; ``None`` when that is not known for certain."""
        if self._server is None or any(each.third_party and each.status for each in page.requests):
            # What others answer may be something else tomorrow.
            return None
        ledger = self._server.ledger
        if self._day != today(self.job.browser.time_zone):
            # Midnight has passed, or somebody has set the clock: nobody knows which day the page was told.
            return None
        answers = ledger.used(self._paths(each.url for each in page.requests))
        ends = page.observed.read
        read = ledger.read(self._paths(chain.from_iterable(ends.values())))
        if answers is None or read is None:
            return None
        # Whether the browser opened these depended on their bytes.
        opened = self._paths(chain.from_iterable(ends[each] for each in shared_files(ends)))
        answers |= {path: read[path] for path in opened}
        return Uses(dict(sorted(answers.items())), self._day if ledger.dated(answers) else None, read)

    def _paths(self, urls: Iterable[str]) -> list[str]:
        return [unquote(urlsplit(url).path) for url in urls if url.startswith(f"{self.origin}/")]

    def _ready(self) -> Browser:
        if self._browser is None:
            browser = Browser(replace(self.job.browser, hosts=self._hosts()))
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

    def _kept(self, task: PageTask) -> tuple[Page, Uses] | None:
        found = self._store.read("captures", task.key) if self._store and task.key else None
        if found is None:
            return None
        uses, data = found
        try:
            page = read(zlib.decompress(data).replace(STEADY_ORIGIN.encode() + b":0", self.origin.encode()))
        except (UnreadableRecord, zlib.error):
            # As good as none: the page is opened again.
            return None
        return page, uses

    def _keep(self, task: PageTask, page: Page, uses: Uses) -> None:
        if self._store is not None and task.key is not None:
            text = write(page).replace(self.origin.encode(), STEADY_ORIGIN.encode() + b":0")
            self._store.write("captures", task.key, uses, zlib.compress(text, 1))

    def _steady(self, record: bytes) -> bytes:
        if not self.job.steady:
            return record
        # A page may have changed to https, for which the same server answers.
        for own in (self.origin, self.origin.replace("http:", "https:")):
            record = record.replace(own.encode(), STEADY_ORIGIN.encode())
        return record


def _leave(number: int, _frame: object) -> None:
    """Asked to end: by way of every ``with``, so that the browser ends too; once is enough."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def work(connection: Connection, job: Job) -> None:
    """The whole life of a worker's process: tasks come in, records go out, ``None`` ends it."""
    stay_deaf()
    signal.signal(signal.SIGTERM, _leave)
    os.environ["TMPDIR"] = str(job.scratch)
    tempfile.tempdir = str(job.scratch)
    # The code itself is never garbage.
    gc.freeze()
    gc.set_threshold(GARBAGE)
    try:
        with Worker(job) as worker:
            while (task := connection.recv()) is not None:
                connection.send_bytes(worker.do(task))
    except (EOFError, BrokenPipeError):
        # The first process is gone: there is nobody to tell.
        return
