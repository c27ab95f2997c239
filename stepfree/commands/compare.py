"""``stepfree compare BASE HEAD``: what a change adds, mends and leaves."""

from __future__ import annotations

import json
from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Say what is new between two reports.")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("head", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The whole comparison as JSON.")
@click.option("--markdown", "as_markdown", is_flag=True, help="As Markdown, for a summary or a message.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
def compare(base: Path, head: Path, as_json: bool, as_markdown: bool, output: Path | None) -> int:
    """Compare the report BASE (before a change) with the report HEAD (after it).

    Each is a report.json. The exit code is 1 when something new blocks, 4 when HEAD is
    incomplete, else 0.
    """
    from audit.errors import UsageError
    from audit.judgement.comparison import compare as difference
    from audit.reports.comparison import as_markdown as written
    from audit.reports.comparison import as_text, to_data
    from stepfree.reading import read_report

    if as_json and as_markdown:
        raise UsageError("--json and --markdown cannot be used together.", "Choose one of the two.")
    before, after = read_report(base), read_report(head)
    found = difference(before, after)
    if as_json:
        text = json.dumps(to_data(found), ensure_ascii=False, indent=2)
    else:
        text = written(found, rules_address=after.rules_address).rstrip("\n") if as_markdown else as_text(found)
    if output is None:
        say(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(f"{text}\n", encoding="utf-8")
    return int(found.exit_code)


COMMAND = compare
