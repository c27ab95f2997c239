"""Under which names results are kept: everything that is known before a page is opened.

A name is made of the page's own bytes, the conditions, the program's own code and data, axe-core
and the browser. What else a page used stands in the entry itself (:mod:`audit.store`). Anything
unsure makes no name, or another one, never the same.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import inspect
import json
import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from audit.browser import BROWSERS, find
from audit.capture.visit import visit
from audit.errors import AuditError
from audit.model import PageState
from audit.serve import Folder, Server
from audit.store import Store, shrink
from audit.survey import ExpectedPage
from audit.work import Job, PageRecord, read_record

PACKAGE = Path(__file__).parent
#: Files of ours, beside Python, that decide something.
DATA = frozenset({".js", ".json", ".toml", ".csv", ".txt", ".yml"})
_IMPORT = re.compile(r"^\s*(?:from\s+(audit[\w.]*)\s+import\s+(\(?[^#\n]*)|import\s+(audit[\w.]*))", re.MULTILINE)


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
        "axe": _hash(job.capture.axe_script)
        if job.capture.axe_script
        else importlib.metadata.version("axe-selenium-python"),
        "selenium": importlib.metadata.version("selenium"),
    }
    words = "".join(_hash(path) for path in _files(job.words)) if job.words else ""
    return Keys(
        site,
        _digest(json.dumps(settings, sort_keys=True, default=str), browser, _code(capturing())),
        _digest(*job.rules, words, _code(_files(PACKAGE))),
    )


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
        return cls(Store(job.cache, site), keys) if keys is not None else None

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
        return record if record.address == page.address else None

    def write(self, page: ExpectedPage, record: PageRecord, data: bytes) -> None:
        """Keep a record, if it is whole, was had at the first try, and its page did not change during the run."""
        if record.state is not PageState.AUDITED or record.failures or record.examined.crashes:
            return
        uses, path = record.uses, address_path(self.keys.site, page)
        if uses is not None and uses.answers.get(path) == self.keys.own(page):
            self.store.write("results", self.keys.result(page), uses, data)

    def close(self) -> tuple[str, ...]:
        """See that the cache does not grow without end; sentences about what went wrong with it."""
        shrink(self.store.place)
        return (self.store.broken,) if self.store.broken else ()


@cache
def capturing() -> frozenset[Path]:
    """Every file of ours that can change a capture: what a visit and the server import, and the data beside it."""
    found: set[Path] = set()
    pending = [_module(each.__module__) for each in (visit, Server)]
    while pending:
        path = pending.pop()
        if path is None or path in found:
            continue
        found.add(path)
        for base, names, whole in _IMPORT.findall(path.read_text(encoding="utf-8")):
            pending.append(_module(base or whole))
            pending += [_module(f"{base}.{name.strip(' ()')}") for name in names.split(",") if base]
    beside = {each for path in found for each in (path.parent, path.parent / "scripts")}
    data = {each for folder in beside for each in folder.glob("*") if each.suffix in DATA}
    # What the worker imports are rules as well, and those stand in the name of the result.
    return frozenset(found | data | {Path(inspect.getfile(Job))})


def _module(name: str) -> Path | None:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return (place,)
    return (path for path in sorted(place.rglob("*")) if path.is_file() and path.suffix in {".py", *DATA})


def _code(files: Iterable[Path]) -> str:
    return _digest(*(f"{path.relative_to(PACKAGE).as_posix()}={_hash(path)}" for path in sorted(files)))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
