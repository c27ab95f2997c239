"""``stepfree compare BASE HEAD``: what a change adds, mends and leaves."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(short_help="Say what is new between two reports.")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("head", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The whole comparison as JSON.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
def compare(base: Path, head: Path, as_json: bool, output: Path | None) -> int:
    """Compare the report BASE (before a change) with the report HEAD (after it).

    Each is a report.json. The exit code is 1 when something new blocks, 4 when HEAD is
    incomplete, else 0.
    """
    from audit.compare import compare as difference
    from audit.compare import to_data
    from stepfree.comparing import lines
    from stepfree.reading import read_report

    found = difference(read_report(base), read_report(head))
    text = json.dumps(to_data(found), ensure_ascii=False, indent=2) if as_json else "\n".join(lines(found))
    if output is None:
        click.echo(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(f"{text}\n", encoding="utf-8")
    return int(found.exit_code)


COMMAND = compare
