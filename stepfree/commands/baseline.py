"""``stepfree baseline``: keep the list of known faults true, and shorter each time."""

from __future__ import annotations

from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Remove what is fixed from the list of known faults.")
@click.argument("report", type=click.Path(path_type=Path), default=Path("build/report/report.json"))
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file other than the one in the configuration.",
)
@click.option(
    "--start", is_flag=True, help="Start a list with every blocking fault in REPORT. Only when there is no list yet."
)
@click.option(
    "--add",
    "keys",
    multiple=True,
    metavar="KEY",
    help="Also add the finding with this key. May be given several times.",
)
def baseline(report: Path, file: Path | None, start: bool, keys: tuple[str, ...]) -> int:
    """Take entries out of the list of known faults that REPORT no longer has.

    Entries whose evidence has changed are written anew: read the difference before you commit
    it. Nothing is added unless you say so (--start, --add).
    """
    from audit.errors import UsageError
    from audit.examination.axe.catalogue import catalogue
    from audit.judgement.baseline import read, text_of
    from audit.judgement.gate import names_of
    from audit.rules import load
    from audit.settings.config import find
    from stepfree.known_faults import added, kept, started
    from stepfree.reading import read_report

    config = find(None, Path())
    place = file or config.baseline
    if place is None:
        raise UsageError(
            "No list of known faults is named.",
            'Write baseline = "baseline.toml" into [paths] of stepfree.toml, or use --file.',
        )
    found = read_report(report)
    if start:
        if place.exists():
            raise UsageError(
                f"{place} already exists, and it may only get shorter.",
                "Leave --start out, or name findings with --add.",
            )
        entries, before = started(found), 0
    else:
        known = read(place, names_of(load(config.rules), catalogue(config.axe_script))) if place.exists() else ()
        before = len(known)
        entries = added(found, kept(found, known), keys)
    place.write_text(text_of(entries), encoding="utf-8")
    say(f"{place}: {len(entries)} known faults ({before} before).")
    return 0


COMMAND = baseline
