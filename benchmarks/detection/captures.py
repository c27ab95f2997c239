"""The pages of the corpora, each captured once and kept.

A capture is kept with the digest of the page's bytes and of the code that captures; the
first must agree, or the page is captured again. Where the second does not, the capture is
used and the reader is told: rules are written while the capture grows.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from urllib.parse import quote

import audit.model.document
import audit.model.page
from audit.browser.browser import Browser
from audit.capture.record import UnreadableRecord, dump, load
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit_twice
from audit.errors import AuditError
from audit.model.finding import Condition
from audit.model.page import Page
from audit.run.cache import capture_digest
from audit.survey.server import Server

#: Every condition that a rule may need.
ALL = frozenset(Condition)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a corpus: its folder, the path under which it is served, and its file in it."""

    corpus: Path
    mount: str
    file: str

    @property
    def address(self) -> str:
        """The path as a rule sees it, unescaped."""
        return self.mount + self.file

    @property
    def digest(self) -> str:
        return hashlib.sha256((self.corpus / self.file).read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture in the cache, or the sentence that says why there is none. ``fresh``: by this code."""

    page: Page | None
    problem: str | None
    fresh: bool


def code_digest() -> str:
    """Of all files that decide what a capture holds."""
    return capture_digest()[:16]


def shape_digest() -> str:
    """Of the fields that a record has: with others it cannot be read."""
    kinds = [
        each
        for module in (audit.model.document, audit.model.page)
        for _, each in sorted(vars(module).items())
        if isinstance(each, type) and dataclasses.is_dataclass(each)
    ]
    fields = [(kind.__name__, [field.name for field in dataclasses.fields(kind)]) for kind in kinds]
    return hashlib.sha256(repr(fields).encode()).hexdigest()[:16]


class Captures:
    """A folder of captures: for each page a record and a small note about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._code = code_digest()
        self._shape = shape_digest()

    def _file(self, sheet: Sheet) -> Path:
        return self.folder / (hashlib.sha256(sheet.address.encode()).hexdigest()[:24] + ".page")

    def _note(self, sheet: Sheet) -> Mapping[str, str | None] | None:
        try:
            note = json.loads(self._file(sheet).with_suffix(".json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        same = note.get("page") == sheet.digest and (note.get("problem") or note.get("shape") == self._shape)
        return note if same else None

    def has(self, sheet: Sheet) -> bool:
        """Whether there is a capture of these very bytes."""
        return self._note(sheet) is not None

    def stale(self, sheet: Sheet) -> bool:
        """Whether it was made by other code than today's, or not at all."""
        note = self._note(sheet)
        return note is None or note.get("code") != self._code

    def keep(self, sheet: Sheet, page: Page | None, problem: str | None) -> None:
        """Write a capture, the note last."""
        if page is not None:
            self._file(sheet).write_bytes(dump(page))
        note = {
            "address": sheet.address,
            "page": sheet.digest,
            "code": self._code,
            "shape": self._shape,
            "problem": problem,
        }
        self._file(sheet).with_suffix(".json").write_text(json.dumps(note), encoding="utf-8")

    def get(self, sheet: Sheet) -> Kept:
        """What is kept of a page that was captured before."""
        note = self._note(sheet)
        if note is None:
            return Kept(None, f"{sheet.address} was not captured.", fresh=False)
        fresh = note.get("code") == self._code
        if note.get("problem"):
            return Kept(None, note["problem"], fresh)
        try:
            return Kept(load(self._file(sheet).read_bytes()), None, fresh)
        except UnreadableRecord as error:
            return Kept(None, error.sentence, fresh=False)


def capture(sheets: Iterable[Sheet], folder: Path, *, workers: int, show: bool) -> None:
    """Capture these pages, whether they are kept or not, with one browser for each worker."""
    todo = list(sheets)
    if not todo:
        return
    done = 0
    context = multiprocessing.get_context("spawn")
    shares = [todo[start::workers] for start in range(workers)]
    queue: multiprocessing.Queue[str] = context.Queue()
    processes = [context.Process(target=_worker, args=(share, folder, queue)) for share in shares if share]
    for process in processes:
        process.start()
    while done < len(todo) and any(process.is_alive() for process in processes):
        try:
            queue.get(timeout=1)
        except Empty:  # look whether the workers live
            continue
        done += 1
        if show:
            print(f"\r{done} of {len(todo)} pages captured", end="", file=sys.stderr, flush=True)
    for process in processes:
        process.join()
    if show:
        print(file=sys.stderr)


def _worker(sheets: list[Sheet], folder: Path, queue: multiprocessing.Queue[str]) -> None:
    captures = Captures(folder)
    with ExitStack() as stack:
        servers: dict[tuple[Path, str], Server] = {}
        browser = stack.enter_context(Browser())
        for sheet in sheets:
            place = (sheet.corpus, sheet.mount)
            if place not in servers:
                servers[place] = stack.enter_context(Server(sheet.corpus, sheet.mount))
            page, problem = None, None
            try:
                page = visit_twice(
                    browser, servers[place].root + quote(sheet.file), sheet.address, ALL, CaptureSettings()
                )
            except AuditError as error:
                problem = str(error)
            except Exception as error:  # noqa: BLE001 - a fault of the capture is told of this page, and the others go on
                problem = f"{sheet.address}: the capture crashed: {type(error).__name__}: {error}."
                browser.restart()
            try:
                captures.keep(sheet, page, problem)
            except TypeError as error:
                captures.keep(sheet, None, f"{sheet.address}: the capture cannot be written down: {error}.")
            browser.fresh()
            queue.put(sheet.address)
