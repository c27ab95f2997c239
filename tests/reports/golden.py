"""Remakes the golden files: ``python -m tests.reports.golden``, then read the difference."""

from __future__ import annotations

from audit.reports import FORMATS
from tests.reports import samples
from tests.reports.test_formats import GOLDEN, SIZE, printed


def remake() -> None:
    """Writes every format of the sample report, and what the terminal shows of it."""
    GOLDEN.mkdir(exist_ok=True)
    report = samples.report(SIZE)
    for entry in FORMATS.values():
        (GOLDEN / entry.file).write_bytes(entry.render(report))
    (GOLDEN / "terminal.txt").write_text(printed(report), encoding="utf-8")


if __name__ == "__main__":
    remake()
