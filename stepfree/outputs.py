"""What a command leaves of a report: its files, and a summary on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from audit.model.report import Report
from audit.reports import prepare, write
from stepfree.options import checked_formats
from stepfree.safe_output import say


def written(report: Report, options: dict[str, Any], pictures: Mapping[str, bytes]) -> None:
    """Write a report as ``options`` ask, and tell it.

    Raises:
        AuditError: it cannot be written.
    """
    names, output = checked_formats(options["formats"]), options["output"]
    prepare(output, names)
    tell(report, write(report, output, names, pictures))


def tell(report: Report, files: Iterable[Path]) -> None:
    """Print the summary."""
    from rich.console import Console

    from audit.reports.terminal import show

    show(report, Console(highlight=False, emoji=False, markup=False))
    if names := ", ".join(map(str, files)):
        say(f"Report: {names}")
