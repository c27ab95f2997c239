"""Where entries of the cache are kept: each with what it was made from, under a checksum.

An entry holds every address that was asked for while a page was looked at, with what was
answered. It is good while all of these would be answered the same today; where a script may ask
for the day, on that day only. A damaged entry is as good as none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from audit.run.linked_pages import Answered, LinkedPages
from audit.survey.server import Folder

#: Largest size of the cache in bytes; the entries used longest ago go first.
SIZE_LIMIT = 1_500_000_000
#: Seconds after which a file that was begun and not finished belongs to a run that was killed.
FORGOTTEN = 3600.0
HEAD = b"stepfree-cache/3 "


@dataclass(frozen=True, slots=True)
class Uses:
    """What a page used: each address with what it was answered, and the day, if that may have mattered.

    ``read``: addresses at the ends of its links. Where ``answered`` says what rules were told of them, their
    bytes may change as long as that is the same.
    """

    answers: Mapping[str, str]
    day: str | None = None
    read: Mapping[str, str] = field(default_factory=dict)
    answered: Answered | None = None


def today(zone: str) -> str:
    """The day that pages see which are opened in this time zone, an IANA name."""
    return dt.datetime.now(ZoneInfo(zone)).date().isoformat()


@dataclass
class Store:
    """The entries of one cache folder. A disk that is full or read-only ends the cache, not the run.

    ``zone``: the time zone in which pages are opened.
    """

    place: Path
    site: Folder
    zone: str = "UTC"
    #: Why nothing is kept any more.
    broken: str | None = None
    _told: dict[str, str] = field(default_factory=dict)
    _linked: LinkedPages | None = None

    def read(self, kind: str, key: str) -> tuple[Uses, bytes] | None:
        """A good entry, which counts as used now, with the bytes that it would use now; ``None``: there is none."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
            found = _unsealed(data)
            if found is None or not self.holds(found[0]):
                return None
            used = time.time()  # the clock by which old ones are told
            os.utime(path, (used, used))
        except OSError:
            return None
        uses, payload = found
        now = replace(uses, read={each: self._now(each) for each in uses.read})
        if now != uses:
            self.write(kind, key, now, payload)
        return now, payload

    def holds(self, uses: Uses) -> bool:
        """Whether everything is answered as it was."""
        if uses.day not in (None, today(self.zone)) or not self._same(uses.answers):
            return False
        return self._same(uses.read) or (uses.answered is not None and self._ask().same(uses.answered))

    def close(self) -> None:
        """End what was begun to look at the site."""
        if self._linked is not None:
            self._linked.close()
            self._linked = None

    def _same(self, answers: Mapping[str, str]) -> bool:
        return all(self._now(path) == line for path, line in answers.items())

    def _ask(self) -> LinkedPages:
        if self._linked is None:
            self._linked = LinkedPages(self.site)
        return self._linked

    def write(self, kind: str, key: str, uses: Uses, payload: bytes) -> None:
        """Keep an entry, whole or not at all, however many processes write it."""
        if self.broken is not None:
            return
        path = self._path(kind, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix="tmp")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_sealed(uses, payload))
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            self.broken = f"Nothing more was kept in the cache {self.place.name}: {error.strerror or error}."

    def _path(self, kind: str, key: str) -> Path:
        return self.place / kind / key[:2] / key

    def _now(self, path: str) -> str:
        if path not in self._told:
            self._told[path] = self.site.told(path)
        return self._told[path]


def _sealed(uses: Uses, payload: bytes) -> bytes:
    body = json.dumps(asdict(uses), sort_keys=True).encode() + b"\n" + payload
    return HEAD + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _unsealed(data: bytes) -> tuple[Uses, bytes] | None:
    head, _, body = data.partition(b"\n")
    if head != HEAD + hashlib.sha256(body).hexdigest().encode():
        return None
    line, _, payload = body.partition(b"\n")
    told = json.loads(line)
    return Uses(**{**told, "answered": Answered(**told["answered"]) if told["answered"] else None}), payload


def shrink(place: Path, limit: int = SIZE_LIMIT) -> None:
    """Remove what killed runs began, then the entries used longest ago until the cache is below its limit."""
    entries = []
    for path in place.rglob("*") if place.is_dir() else ():
        try:
            stat = path.stat()
            if path.is_file() and path.name.startswith("tmp") and stat.st_mtime < time.time() - FORGOTTEN:
                path.unlink(missing_ok=True)
            elif path.is_file():
                entries.append((stat.st_mtime, str(path), stat.st_size, path))
        except OSError:
            continue
    size = sum(each[2] for each in entries)
    for _, _, bytes_, path in sorted(entries):
        if size <= limit:
            return
        path.unlink(missing_ok=True)
        size -= bytes_
