"""``stepfree report``: other formats from a report.json, without auditing again."""

from __future__ import annotations

from pathlib import Path

import click

from stepfree.options import checked_formats, format_option
from stepfree.safe_output import say


@click.command(short_help="Make other formats from a report.json.")
@click.argument("file", type=click.Path(path_type=Path), default=Path("build/report/report.json"))
@format_option
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to write; without it, beside FILE."
)
def report(file: Path, formats: tuple[str, ...], output: Path | None) -> int:
    """Make other formats from FILE (build/report/report.json) without auditing again.

    The exit code says whether that worked, not what the report says.
    """
    from audit.reports import write
    from stepfree.reading import read_report

    names = checked_formats(formats)
    for written in write(read_report(file), output or file.parent, names):
        say(str(written))
    return 0


COMMAND = report
