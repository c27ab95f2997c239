"""Reads a report that an earlier run has written."""

from __future__ import annotations

from pathlib import Path

from audit.errors import UsageError
from audit.model.report import Report
from audit.reports.reading import from_json


def read_report(file: Path) -> Report:
    """The report in a file.

    Raises:
        UsageError: there is none, or it is none; the sentence names the field.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        hint = "Audit first: stepfree check." if not file.exists() else None
        raise UsageError(f"{file}: the report cannot be read: {error.strerror}.", hint) from error
    return from_json(data, str(file))
