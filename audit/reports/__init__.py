"""The formats of a report, by the name that ``--format`` takes.

Each is a pure function of the report; ``json`` is the source of all others. Adding a format
means adding a module and one line here.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from audit.errors import AuditError, AuditIncomplete, UsageError
from audit.model.report import Report
from audit.settings.nearest import did_you_mean

type Pictures = Mapping[str, bytes]
"""Small pictures (PNG or WebP) of what findings point at, by the key of the finding."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the file it is written to and for whom it is."""

    name: str
    file: str
    reader: str
    module: str

    def render(self, report: Report, pictures: Pictures | None = None) -> bytes:
        """The bytes of the file."""
        make: Callable[[Report, Pictures], bytes] = import_module(self.module).render
        return make(report, pictures or {})


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("json", "report.json", "everything else is made from it", "audit.reports.plain"),
        Format("html", "report.html", "people who decide or repair", "audit.reports.html"),
        Format("markdown", "report.md", "the summary of a job or pull request", "audit.reports.markdown"),
        Format("sarif", "report.sarif", "code scanning", "audit.reports.sarif"),
        Format("junit", "junit.xml", "other continuous integration", "audit.reports.junit"),
        Format("earl", "earl.jsonld", "other accessibility tools", "audit.reports.earl"),
        Format("csv", "findings.csv", "spreadsheets", "audit.reports.spreadsheet"),
    )
}


def formats(names: Sequence[str]) -> tuple[Format, ...]:
    """The formats with these names, each once.

    Raises:
        UsageError: a name is not known.
    """
    for name in names:
        if name not in FORMATS:
            hint = did_you_mean(name, FORMATS) or f"There are: {', '.join(FORMATS)}."
            raise UsageError(f"There is no report format “{name}”.", hint)
    return tuple(FORMATS[name] for name in dict.fromkeys(names))


def write(report: Report, folder: Path, names: Sequence[str], pictures: Pictures | None = None) -> tuple[Path, ...]:
    """Writes the report in these formats and returns the files, in the order of the names.

    Raises:
        UsageError: a name is not known, or the folder cannot be written to.
        AuditIncomplete: there is no room in it.
    """
    wanted = formats(names)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for entry in wanted:
            file = folder / entry.file
            _write(file, entry.render(report, pictures))
            written.append(file)
    except OSError as problem:
        raise _refused(folder, problem) from problem
    return tuple(written)


def prepare(folder: Path, names: Sequence[str]) -> None:
    """See that reports can be written to a folder, and take away those of an earlier run: they are not of this one.

    Raises:
        UsageError: a name is not known, or the folder cannot be written to.
        AuditIncomplete: there is no room in it.
    """
    wanted = formats(names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / ".stepfree", b"Reports are written here.\n")
        (folder / ".stepfree").unlink()
        for entry in (*FORMATS.values(), *wanted):
            (folder / entry.file).unlink(missing_ok=True)
    except OSError as problem:
        raise _refused(folder, problem) from problem


def _write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: half a report would be read as one."""
    half = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        half.write_bytes(data)
        half.replace(file)
    except OSError:
        half.unlink(missing_ok=True)
        raise


#: What says that there is no room, not that the folder is the wrong one.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def _refused(folder: Path, problem: OSError) -> AuditError:
    kind = AuditIncomplete if problem.errno in _NO_ROOM else UsageError
    return kind(f"The report cannot be written to {folder}: {problem.strerror}.", "Name another with --output.")
