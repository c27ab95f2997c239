"""What a run on the web has done so far, on disk, so that one that is broken off, or killed, can be gone on with.

A folder needs none of it: there the cache (:mod:`audit.run.cache`) says of each page whether it is still what was
looked at. A site on the web cannot be asked that, so its pages are only taken over when somebody says so.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from audit.model.finding import PageState
from audit.reports.sentences import count
from audit.run.cache import judging_digest
from audit.run.worker import Job, PageRecord, read_record
from audit.survey.folder import ExpectedPage


@dataclass
class Unfinished:
    """The finished pages of a run on the web; its folder is there until all of them are.

    ``resumed``: how many pages an earlier run has done for this one.
    """

    place: Path
    resumed: int = 0
    _open: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, job: Job, place: Path, *, resume: bool) -> Self | None:
        """That of a run; ``None`` for a folder. Without ``resume`` what an earlier run has done is thrown away."""
        if job.folder is not None:
            return None
        settings = {
            "capture": {**asdict(job.capture), "cookies": bool(job.capture.cookies)},
            "access": asdict(job.access),
            "needs": sorted(job.needs),
            "grid": job.browser.grid is not None,
        }
        told = json.dumps([job.origin, job.base_path, settings], sort_keys=True, default=str)
        name = hashlib.sha256(f"{told}\n{judging_digest(job)}".encode()).hexdigest()[:32]
        own = place / "unfinished" / name
        if not resume:
            shutil.rmtree(own, ignore_errors=True)
        return cls(own)

    def capture(self, page: ExpectedPage) -> None:
        """No capture is kept of a page on the web."""

    def read(self, page: ExpectedPage) -> PageRecord | None:
        """The record of a page that an earlier run has done."""
        self._open.add(page.address)
        try:
            head, _, data = self._path(page.address).read_bytes().partition(b"\n")
            record = read_record(data)
        except (OSError, ValueError):
            return None
        if head != _seal(data) or record.address != page.address:
            return None
        self._open.discard(page.address)
        self.resumed += 1
        return record

    def write(self, page: ExpectedPage, record: PageRecord, data: bytes) -> None:
        """Keep the record of a page that was looked at whole. One that failed is looked at again."""
        if record.state is not PageState.AUDITED or record.examined.crashes:
            return
        self._open.discard(page.address)
        path = self._path(page.address)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Under another name until it is whole: a run may be killed at any moment.
            begun = path.with_suffix(".begun")
            begun.write_bytes(_seal(data) + b"\n" + data)
            begun.replace(path)
        except OSError:
            # Then there is less to go on with; this run is none the worse for it.
            return

    def close(self) -> tuple[str, ...]:
        """Remove all of it once every page was looked at; a sentence about pages that an earlier run has done."""
        if not self._open:
            shutil.rmtree(self.place, ignore_errors=True)
        if not self.resumed:
            return ()
        return (f"Taken from the run that was interrupted (--resume): {count(self.resumed, 'page')}.",)

    def _path(self, address: str) -> Path:
        return self.place / f"{hashlib.sha256(address.encode()).hexdigest()}.json"


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
