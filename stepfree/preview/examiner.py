"""Looks at the pages that are open: at their source at once, in a browser as soon as it is free.

The browser and the rules run in a process of their own (``audit.run.pool``), so that the page that is
asked for never waits for them. The most recently asked page comes first; what has the same
bytes as before is not looked at again.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Self

from audit.browser.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.errors import AuditError
from audit.examination.examination import Examined
from audit.model.finding import Json, PageState
from audit.run.pool import Pool
from audit.run.worker import Job, PageRecord, PageTask
from audit.settings.config import Config
from audit.survey.folder import ExpectedPage
from audit.writing.house_words import use_own_list
from stepfree.preview.feed import Event, Feed
from stepfree.preview.findings import NEEDS, findings, left_out, page_rules, writing
from stepfree.preview.site import FollowedSite, Shown

#: Seconds for one page; the whole check has more patience.
LIMIT = 40.0


class Stage(StrEnum):
    """How far the look at a page has come."""

    LOOKING = "looking"
    WHOLE = "whole"
    TEXT_ONLY = "text only"


class Examiner:
    """A thread with one browser; a context manager. ``origin`` serves the pages as they would be published."""

    def __init__(self, site: FollowedSite, feed: Feed, config: Config, origin: str) -> None:
        self._site, self._feed, self._config = site, feed, config
        use_own_list(config.words)
        self._origin = origin
        self._wake = threading.Condition()
        # The home page first, so that the browser has started when somebody saves a file.
        self._wanted: list[str] = ["/"]
        self._stopping = False
        self._records: dict[str, tuple[tuple[str, int], PageRecord]] = {}
        self._texts: dict[str, tuple[int, tuple[Examined, ...]]] = {}
        self._no_browser = ""
        self._scratch = Path(tempfile.mkdtemp(prefix="stepfree-"))
        self._pool = Pool(self._job(), 1, LIMIT)
        self._thread = threading.Thread(target=self._run, name="examiner", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        # Nobody waits for a page that nobody looks at any more.
        self._pool.__exit__(KeyboardInterrupt, None, None)
        self._thread.join(10)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def look(self, address: str) -> None:
        """Tell the open page what its source says, and have it looked at in the browser."""
        page = self._site.show(address)
        if page is None or page.built is None:
            return
        if self._kept(page) is None and not self._no_browser:
            with self._wake:
                self._wanted = [*(each for each in self._wanted if each != address), address]
                self._wake.notify_all()
        self._tell(page)

    def _job(self) -> Job:
        config = self._config
        capture = CaptureSettings(page=LIMIT, axe_script=config.axe_script, forms=False, watching=0.0)
        rules = tuple(rule.id for rule in page_rules(config))
        settings = BrowserSettings(grid=config.grid)
        return Job(
            self._origin,
            self._site.base_path,
            NEEDS,
            rules,
            settings,
            capture,
            None,
            self._scratch,
            words=config.words,
            packs=config.rules,
            regions=config.regions,
            changing=True,
        )

    def _run(self) -> None:
        while (address := self._next()) is not None:
            page = self._site.show(address)
            if page is None or page.built is None or self._kept(page) is not None:
                continue
            identity = self._identity(page)
            task = PageTask(ExpectedPage(address, page.built.file, page.status, source=page.source))
            # Leaving ends the worker in the middle of its work, which is no error.
            record = None
            with contextlib.suppress(OSError, ValueError):
                record = next((record for _, _, record in self._pool.run([task])), None)
            if record is None or self._stopping:
                continue
            if record.no_browser:
                self._no_browser = record.reason or "There is no browser."
            now = self._site.show(address)
            if now is None or self._identity(now) != identity:
                # It was saved again meanwhile; the change has asked for another look.
                continue
            self._records[address] = (identity, record)
            self._tell(now)

    def _next(self) -> str | None:
        with self._wake:
            while not self._wanted and not self._stopping:
                self._wake.wait()
            return None if self._stopping else self._wanted.pop()

    def _identity(self, page: Shown) -> tuple[str, int]:
        return (page.digest, self._site.looks)

    def _kept(self, page: Shown) -> PageRecord | None:
        identity, record = self._records.get(page.address, (None, None))
        return record if identity == self._identity(page) else None

    def _written(self, page: Shown) -> tuple[Examined, ...]:
        generation = self._site.generation
        kept = self._texts.get(page.address)
        if kept is None or kept[0] != generation:
            kept = self._texts[page.address] = (generation, writing(page, self._site.root, self._config))
        return kept[1]

    def _tell(self, page: Shown) -> None:
        generation = self._site.generation
        record = self._kept(page)
        try:
            found = findings(page, self._written(page), record, self._config, self._site.root, self._site.base_path)
            note = self._note(record)
        except AuditError as error:
            found, note = [], str(error)
        data: Mapping[str, Json] = {
            "generation": generation,
            "stage": self._stage(record).value,
            "note": note,
            "findings": found,
        }
        self._feed.tell(page.address, Event("findings", data))

    def _stage(self, record: PageRecord | None) -> Stage:
        if record is None:
            return Stage.TEXT_ONLY if self._no_browser else Stage.LOOKING
        return Stage.WHOLE if record.state is PageState.AUDITED else Stage.TEXT_ONLY

    def _note(self, record: PageRecord | None) -> str:
        """What was not looked at, in a sentence."""
        if self._no_browser:
            return f"Only the text was checked. {self._no_browser}"
        if record is None:
            return ""
        if record.state is not PageState.AUDITED:
            return f"Only the text was checked. {record.reason or ''}".strip()
        crashed = ", ".join(crash.rule for crash in record.examined.crashes)
        failed = f" These rules failed and say nothing: {crashed}." if crashed else ""
        return f"{left_out(self._config)} more rules, among them those about the keyboard and dark colours, run in the whole check: stepfree check.{failed}"
