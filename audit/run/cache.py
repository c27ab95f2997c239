"""Under which names results are kept: everything that is known before a page is opened.

A name is made of the page's own bytes, the conditions, the program's own code and data, axe-core
and the browser. What else a page used stands in the entry itself (:mod:`audit.run.store`). Anything
unsure makes no name, or another one, never the same.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from audit.browser.browser import BROWSERS, find
from audit.errors import AuditError
from audit.model.finding import PageState
from audit.rules import folder_of
from audit.run.store import Store, shrink
from audit.run.worker import Job, PageRecord, read_record
from audit.survey.folder import ExpectedPage
from audit.survey.server import Folder

PACKAGE = Path(__file__).parents[1]
#: What decides what a capture holds, below this package: all that ``capture/visit.py`` imports. No rule is among it.
CAPTURING = (
    "browser",
    "capture",
    "errors.py",
    "model/addresses.py",
    "model/document.py",
    "model/destination.py",
    "model/finding.py",
    "model/observations.py",
    "model/page.py",
    "model/redirects.py",
    "semantics/colour.py",
    "semantics/backdrops.py",
    # Says in which encoding a page is.
    "survey/server.py",
)
#: What ends the name of a file of ours that decides something.
CODE = frozenset({".py", ".js", ".json", ".toml", ".csv", ".txt", ".yml"})


def browser_identity(job: Job) -> str | None:
    """Which browser would be started; ``None`` when that cannot be known (a Grid, Selenium's manager)."""
    if job.browser.grid is not None:
        return None
    try:
        binary = job.browser.binary or find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
        if binary is None:
            return None
        run = subprocess.run([str(binary), "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (AuditError, OSError, subprocess.SubprocessError):
        return None
    return f"{binary} {run.stdout.strip()}"


@dataclass(frozen=True)
class Keys:
    """The names of entries of one run. ``capture`` leaves out the rules, ``result`` has them too."""

    site: Folder
    surroundings: str
    rules: str
    _own: dict[str, str] = field(default_factory=dict)

    def own(self, page: ExpectedPage) -> str:
        """What was answered to a page's own address when it was first asked for in this run."""
        if page.address not in self._own:
            self._own[page.address] = self.site.told(address_path(self.site, page))
        return self._own[page.address]

    def capture(self, page: ExpectedPage) -> str:
        """The name of a page's capture."""
        expected = json.dumps(asdict(page), sort_keys=True, default=str)
        return _digest(self.surroundings, expected, self.own(page))

    def result(self, page: ExpectedPage) -> str:
        """The name of what the rules said of a page."""
        return _digest(self.capture(page), self.rules)


def address_path(site: Folder, page: ExpectedPage) -> str:
    """The path that a server is asked for to get a page, as :meth:`Folder.answer` takes it."""
    return unquote(site.base_path + page.address.lstrip("/"))


def keys_for(job: Job, site: Folder) -> Keys | None:
    """The names of a run's entries; ``None`` when nothing may be kept."""
    browser = browser_identity(job)
    if browser is None:
        return None
    settings = {
        "needs": sorted(job.needs),
        "base_path": job.base_path,
        "capture": {**asdict(job.capture), "axe_script": None},
        "browser": asdict(job.browser),
        "access": asdict(job.access),
        "axe": _hash(job.capture.axe_script)
        if job.capture.axe_script
        else importlib.metadata.version("axe-selenium-python"),
        "selenium": importlib.metadata.version("selenium"),
    }
    settings_text = json.dumps(settings, sort_keys=True, default=str)
    return Keys(
        site,
        _digest(settings_text, browser, capture_digest(), _hash(PACKAGE / "run" / "worker.py")),
        judging_digest(job),
    )


def judging_digest(job: Job) -> str:
    """Of all that decides what is said of a page: the rules of a run, the library's own words, our code, that of packs."""
    words = "".join(_hash(path) for path in _files(job.words)) if job.words else ""
    packs = (_code(_files(folder), folder) for folder in map(folder_of, job.packs))
    return _digest(*job.rules, words, _own_code(), *packs)


@dataclass
class Kept:
    """The results of earlier runs that a run may use, and where it keeps its own."""

    store: Store
    keys: Keys

    @classmethod
    def of(cls, job: Job) -> Self | None:
        """Those of a run; ``None`` when nothing may be kept."""
        if job.cache is None or job.folder is None:
            return None
        site = Folder(job.folder, job.base_path)
        keys = keys_for(job, site)
        return cls(Store(job.cache, site, job.browser.time_zone), keys) if keys is not None else None

    def capture(self, page: ExpectedPage) -> str:
        """The name of a page's capture."""
        return self.keys.capture(page)

    def read(self, page: ExpectedPage) -> PageRecord | None:
        """The record of a page that would be looked at in vain."""
        found = self.store.read("results", self.keys.result(page))
        if found is None:
            return None
        try:
            record = read_record(found[1])
        except ValueError:
            return None
        return replace(record, uses=found[0]) if record.address == page.address else None

    def write(self, page: ExpectedPage, record: PageRecord, data: bytes) -> None:
        """Keep a record, if it is whole, was had at the first try, and its page did not change during the run."""
        if record.state is not PageState.AUDITED or record.failures or record.examined.crashes:
            return
        uses, path = record.uses, address_path(self.keys.site, page)
        if uses is not None and uses.answers.get(path) == self.keys.own(page):
            self.store.write("results", self.keys.result(page), uses, data)

    def close(self) -> tuple[str, ...]:
        """See that the cache does not grow without end; sentences about what went wrong with it."""
        self.store.close()
        shrink(self.store.place)
        return (self.store.broken,) if self.store.broken else ()


@cache
def _own_code() -> str:
    """Of all code of this package, as it was when it was first asked for: what runs does not change meanwhile."""
    return _code(_files(PACKAGE))


@cache
def _readers() -> str:
    """Of all that decides what is read of a document: our code, and every package that is installed."""
    packages = sorted(f"{each.name}={each.version}" for each in importlib.metadata.distributions())
    return _digest(_own_code(), sys.version, *packages)


def documents_key(kind: str, digest: str) -> str:
    """The name of what was read of a document: its kind, such as ``.pdf``, and the digest of its bytes."""
    return _digest("document", kind, digest, _readers())


@cache
def capture_digest() -> str:
    """Of all code that decides what a capture holds."""
    return _code(path for room in CAPTURING for path in _files(PACKAGE / room))


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return (place,)
    return (path for path in sorted(place.rglob("*")) if path.is_file() and path.suffix in CODE)


def _code(files: Iterable[Path], root: Path = PACKAGE) -> str:
    return _digest(*(f"{path.relative_to(root).as_posix()}={_hash(path)}" for path in sorted(files)))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
