"""Under which names results are kept: everything that is known before a page is opened.

A name is made of the page's own bytes, the conditions, the program's own code and data, axe-core
and the browser. What else a page used stands in the entry itself (:mod:`audit.run.store`). Anything
unsure makes no name, or another one, never the same.
"""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Self
from urllib.parse import unquote

from audit.rules import folder_of
from audit.run.digests import PACKAGE, code_digest, code_files, file_digest, identity, joined, own_code, program_digest
from audit.run.store import Store, shrink
from audit.run.worker import Job, PageRecord, read_record
from audit.survey.folder import ExpectedPage
from audit.survey.server import Folder

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
    "model/staying.py",
    "settings/journeys.py",
    "settings/nearest.py",
    "semantics/colour.py",
    "semantics/backdrops.py",
    # Says in which encoding a page is.
    "survey/server.py",
)


def browser_identity(job: Job) -> str | None:
    """Which browser would be started; ``None`` when that cannot be known."""
    return identity(job.browser)


@dataclass(frozen=True)
class EntryNames:
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
        return joined(self.surroundings, expected, self.own(page))

    def result(self, page: ExpectedPage) -> str:
        """The name of what the rules said of a page."""
        return joined(self.capture(page), self.rules)


def address_path(site: Folder, page: ExpectedPage) -> str:
    """The path that a server is asked for to get a page, as :meth:`Folder.answer` takes it."""
    return unquote(site.base_path + page.address.lstrip("/"))


def keys_for(job: Job, site: Folder) -> EntryNames | None:
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
        "axe": file_digest(job.capture.axe_script)
        if job.capture.axe_script
        else importlib.metadata.version("axe-selenium-python"),
        "selenium": importlib.metadata.version("selenium"),
    }
    settings_text = json.dumps(settings, sort_keys=True, default=str)
    return EntryNames(
        site,
        joined(settings_text, browser, capture_digest(), file_digest(PACKAGE / "run" / "worker.py")),
        judging_digest(job),
    )


def judging_digest(job: Job) -> str:
    """Of all that decides what is said of a page: the rules of a run, the library's own words, our code, that of packs."""
    words = "".join(file_digest(path) for path in code_files(job.words)) if job.words else ""
    packs = (code_digest(code_files(folder), folder) for folder in map(folder_of, job.packs))
    return joined(*job.rules, words, own_code(), repr(job.regions), *packs)


@dataclass
class Kept:
    """The results of earlier runs that a run may use, and where it keeps its own."""

    store: Store
    keys: EntryNames

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
        uses, path = record.uses, address_path(self.keys.site, page)
        if record.lasting and uses is not None and uses.answers.get(path) == self.keys.own(page):
            self.store.write("results", self.keys.result(page), uses, data)

    def close(self) -> tuple[str, ...]:
        """See that the cache does not grow without end; sentences about what went wrong with it."""
        self.store.close()
        shrink(self.store.place)
        return (self.store.broken,) if self.store.broken else ()


def documents_key(kind: str, digest: str) -> str:
    """The name of what was read of a document: its kind, such as ``.pdf``, and the digest of its bytes."""
    return joined("document", kind, digest, program_digest())


@cache
def capture_digest() -> str:
    """Of all code that decides what a capture holds."""
    return code_digest(path for room in CAPTURING for path in code_files(PACKAGE / room))
