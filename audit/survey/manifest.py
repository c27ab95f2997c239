"""The build's manifest: which pages were built, and which source each element comes from.

It is the only thing that the auditor knows of the build. Its schema is
``docs/schemas/manifest.schema.json``; a file that does not follow it, or that belongs to
other bytes than those in the folder, is refused: a finding must not blame a wrong line.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from audit.errors import UsageError
from audit.model.addresses import DOCUMENTS
from audit.model.finding import SourceKind

SCHEMA = "stepfree-manifest/2"


@dataclass(frozen=True, slots=True)
class Elements:
    """Where the elements of a page come from.

    ``starts``: the first ordinal of each run, in order; ``places``: for each run its source
    path and line. A run lasts until the next; elements before the first have no source.
    ``count``: how many elements the page has (``document.querySelectorAll("*")``).
    """

    count: int
    starts: tuple[int, ...]
    places: tuple[tuple[str, int], ...]

    def at(self, ordinal: int) -> tuple[str, int] | None:
        """The path and line of an element; ``None`` when the build does not know."""
        run = bisect_right(self.starts, ordinal) - 1
        return self.places[run] if run >= 0 and 0 <= ordinal < self.count else None


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One page of the build; ``kind`` is its template's (``page``, ``redirect`` …).

    ``sha256`` is empty where the build did not say it, ``elements`` have no place where it did not follow them.
    """

    address: str
    file: str
    sha256: str
    source: str
    line: int
    template: str
    lang: str
    status: int
    kind: str
    elements: Elements


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A published file that is not a page."""

    path: str
    sha256: str
    source: str


@dataclass(frozen=True)
class Manifest:
    """All pages by address, all other files by path. ``path`` is the manifest's own name, for messages.

    ``whole``: the build knows every page and file; else one that it does not name may be there all the same.
    ``language`` (a BCP 47 tag) and ``time_zone`` (an IANA name) of the site's visitors; ``None``: it does not say.
    """

    path: str
    base_path: str
    pages: Mapping[str, BuiltPage]
    files: Mapping[str, BuiltFile]
    owners: Mapping[str, SourceKind] = field(default_factory=dict)
    language: str | None = None
    time_zone: str | None = None
    whole: bool = True

    def owner(self, path: str) -> SourceKind:
        """Whose a source is, as the build says; what it does not speak of is a document by its ending, or content."""
        if path.lower().endswith(DOCUMENTS):
            return SourceKind.DOCUMENT
        return self.owners.get(path, SourceKind.CONTENT)

    def check(self, folder: Path) -> None:
        """See that the folder holds the bytes that the manifest speaks of.

        Raises:
            UsageError: a page has other bytes: the manifest is of another build.
        """
        for page in self.pages.values():
            file = folder / page.file
            if page.sha256 and file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != page.sha256:
                raise UsageError(
                    f"{self.path} is of another build: {page.file} has changed since.",
                    "Build again, or audit without --manifest.",
                )


def read(path: Path) -> Manifest:
    """The manifest in a file.

    Raises:
        UsageError: it cannot be read or is no manifest; the sentence says where.
    """
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: the manifest cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"{path}: the manifest is not valid JSON: {error}.") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UsageError(f"{path}: this is not a manifest of the schema {SCHEMA}.", "Build again.")
    at = "its head"
    try:
        base_path = _text(data.get("base_path", "/"))
        language, time_zone = (_text(data[key]) if key in data else None for key in ("language", "time_zone"))
        if time_zone is not None:
            ZoneInfo(time_zone)
        owners = {_text(path): SourceKind(_text(owner)) for path, owner in data.get("owners", {}).items()}
        pages = {}
        for number, entry in enumerate(data["pages"]):
            at = f"page {number + 1}"
            page = _page(entry)
            pages[page.address] = page
        files = {}
        for number, entry in enumerate(data.get("files", ())):
            at = f"file {number + 1}"
            file = BuiltFile(_text(entry["path"]), _text(entry["sha256"]), str(entry.get("source") or ""))
            files[file.path] = file
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise UsageError(
            f"{path}: the manifest does not follow its schema in {at}: {error}.", "Build again."
        ) from error
    return Manifest(path.name, base_path, pages, files, owners, language, time_zone, "files" in data)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be a text")
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(f"{value!r} should be a number from 0")
    return value


def _page(entry: Mapping[str, Any]) -> BuiltPage:
    elements, source = entry.get("elements", {"count": 0, "sources": (), "runs": ()}), entry["source"]
    sources = [_text(path) for path in elements["sources"]]
    runs = sorted((_number(start), _number(index), _number(line)) for start, index, line in elements["runs"])
    return BuiltPage(
        address=_text(entry["address"]),
        file=_text(entry["file"]),
        sha256=_text(entry.get("sha256", "")),
        source=_text(source["path"]),
        line=_number(source["line"]),
        template=_text(entry.get("template", source["path"])),
        lang=_text(entry.get("lang", "")),
        status=_number(entry.get("status", 200)),
        kind=_text(entry.get("kind", "page")),
        elements=Elements(
            count=_number(elements["count"]),
            starts=tuple(start for start, _, _ in runs),
            places=tuple((sources[index], line) for _, index, line in runs),
        ),
    )
