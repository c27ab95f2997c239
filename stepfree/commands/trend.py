"""``stepfree trend REPORT…``: how what is found in one site has changed over kept reports."""

from __future__ import annotations

from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Say how the findings have changed over kept reports.")
@click.argument("reports", metavar="REPORT…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to this file as a page, too.",
)
def trend(reports: tuple[Path, ...], page: Path | None) -> int:
    """Say what each REPORT found, and each rule in it, in the order of their days.

    REPORT is a report.json, or a folder: then every file below it whose name is report.json or a day, such as
    2027-03-01.json. A day in the name of the file or of a folder above it says when a report was made.
    """
    from audit.reports.trend import as_html, as_text
    from audit.reports.trend import trend as in_a_row
    from stepfree.reading import read_report

    files = dict.fromkeys(file for each in reports for file in _files(each))
    points = in_a_row((file.as_posix(), read_report(file)) for file in files)
    say(as_text(points))
    if page is not None:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(as_html(points), encoding="utf-8", errors="replace")
        say(f"\n{page}")
    return 0


def _files(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    days = "[0-9]" * 4 + "-[0-9][0-9]-[0-9][0-9]"
    return sorted(file for name in ("report.json", f"{days}*.json") for file in given.rglob(name))


COMMAND = trend
