"""A check that has finished, kept whole: while nothing that decides it has changed, there is nothing to look at.

The name of what is kept is made of every file that a run may read (the built site, its manifest and its sources,
and whatever else lies in the project's folder), of the settings, the program with all that is installed, the browser
and the day. Only what would come out the same another time is kept: every page was looked at and would be kept by
itself (:mod:`audit.run.cache`). An entry is under a checksum; a damaged one is as good as none.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from audit.errors import AuditError, ExitCode
from audit.model.report import Report
from audit.reports.reading import from_json
from audit.reports.writing import to_json
from audit.rules import folder_of
from audit.run.digests import code_digest, code_files, file_digest, identity, joined, program_digest
from audit.run.order import Order, browser_settings
from audit.run.store import Store, Uses, today
from audit.survey import manifest
from audit.survey.server import Folder
from stepfree.folder_digest import tree_digest
from stepfree.installation import plugins
from stepfree.today import today as day

if TYPE_CHECKING:
    from audit.run.run import Listener
    from audit.run.worker import PageRecord

#: Folders in which no run looks, beside those whose names begin with a full stop.
_PASSED_OVER = frozenset({"__pycache__", "node_modules"})
#: How the names of variables of the environment begin that decide something.
_VARIABLES = ("STEPFREE_", "SE_", "SITEURL", "TZ", "LANG", "LC_")
#: What the browser shows of these is not kept by itself.
_BOOKS = frozenset({"epub"})


@dataclass
class Finished:
    """The result of one check. ``left_out``: folders of the project that hold what commands make."""

    order: Order
    project: Path
    left_out: tuple[Path, ...]
    name: str
    store: Store
    #: Whether every page of this run would come out the same another time.
    lasting: bool = field(default=True)

    @classmethod
    def of(cls, order: Order, project: Path, left_out: tuple[Path, ...]) -> Self | None:
        """That of a check; ``None``: none may be kept.

        Raises:
            UsageError: the manifest or a rule pack cannot be read.
        """
        # What a journey leads to depends on what was done on the way.
        if not order.use_cache or not order.use_browser or order.config.journeys:
            return None
        cache = order.config.cache.resolve()
        # A folder in which the project lies is left out by nobody.
        left_out = tuple(
            each for each in (cache, *(one.resolve() for one in left_out)) if not project.resolve().is_relative_to(each)
        )
        name = _name(order, project, left_out)
        return cls(order, project, left_out, name, Store(cache, Folder(cache))) if name is not None else None

    def read(self) -> tuple[Report, Mapping[str, bytes]] | None:
        """The report of this check with its pictures, if it has been made before."""
        found = self.store.read("checks", self.name)
        if found is None:
            return None
        try:
            kept = json.loads(zlib.decompress(found[1]))
            report = from_json(kept["report"])
            return report, {key: base64.b64decode(data) for key, data in kept["pictures"].items()}
        except (AuditError, KeyError, TypeError, ValueError, zlib.error):
            return None

    def listening(self, listener: Listener) -> Listener:
        """A listener that also hears whether all pages are such that the result may be kept."""
        return _Listening(listener, self)

    def write(self, report: Report, pictures: Mapping[str, bytes]) -> None:
        """Keep a report, if it is whole and nothing has changed while it was made."""
        done = report.exit_code in {ExitCode.NOTHING_BLOCKS, ExitCode.BLOCKING_FINDINGS} and not report.errors
        shown = any(page.document is not None and page.document.format in _BOOKS for page in report.pages)
        if not done or shown or not self.lasting or self.name != _name(self.order, self.project, self.left_out):
            return
        text = to_json(report).decode()
        # Only what can be read back as the same may stand for it.
        if from_json(text) == report:
            shots = {key: base64.b64encode(data).decode() for key, data in pictures.items()}
            data = json.dumps({"report": text, "pictures": shots}).encode()
            self.store.write("checks", self.name, Uses({}), zlib.compress(data, 1))


@dataclass
class _Listening:
    listener: Listener
    finished: Finished

    def stage(self, words: str) -> None:
        self.listener.stage(words)

    def pages(self, total: int) -> None:
        self.listener.pages(total)

    def page(self, record: PageRecord) -> None:
        self.finished.lasting = self.finished.lasting and record.lasting
        self.listener.page(record)


def _name(order: Order, project: Path, left_out: tuple[Path, ...]) -> str | None:
    """One text for everything that decides the result; ``None`` when not everything can be known."""
    try:
        return _read_name(order, project, left_out)
    except OSError:
        # A file that cannot be read now may be readable to a rule, or later.
        return None


def _read_name(order: Order, project: Path, left_out: tuple[Path, ...]) -> str | None:
    built = manifest.read(order.manifest) if order.manifest else None
    settings = browser_settings(order, built)
    browser = identity(settings)
    if browser is None:
        return None
    config = order.config
    named = [each for each in (config.path, config.baseline, config.excuses, config.words, config.axe_script) if each]
    sources = (
        {path for page in built.pages.values() for path, _ in (*page.elements.places, (page.source, 0))}
        if built
        else ()
    )
    ours = (Path(__file__).parent, *filter(None, (plugins(),)))
    # In the program's own checkout they are among the project's files.
    code = [*map(folder_of, config.rules), *(each for each in ours if not each.is_relative_to(project.resolve()))]
    return joined(
        json.dumps(asdict(order), sort_keys=True, default=str),
        json.dumps(asdict(settings), sort_keys=True, default=str),
        json.dumps({name: text for name, text in os.environ.items() if name.startswith(_VARIABLES)}, sort_keys=True),
        browser,
        program_digest(),
        today(settings.time_zone),
        day().isoformat(),
        tree_digest(Path(order.target)),
        *(f"{path}={file_digest(path)}" for path in _files(project, left_out)),
        *(f"{path}={_of(path)}" for path in (*named, *(order.base / each for each in sorted(sources)))),
        *(f"{folder}={code_digest(code_files(folder), folder)}" for folder in code),
    )


def _of(path: Path) -> str:
    """The digest of a file, or of the files of a folder; empty where there is none."""
    if path.is_dir():
        return joined(*(f"{each}={file_digest(each)}" for each in _files(path, ())))
    return file_digest(path) if path.is_file() else ""


def _files(folder: Path, left_out: tuple[Path, ...]) -> Iterator[Path]:
    """All files below a folder, links followed, in a steady order."""
    seen: set[str] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in seen or Path(real) in left_out:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in _PASSED_OVER)
        yield from (path for name in sorted(files) if (path := Path(place, name)).is_file())
