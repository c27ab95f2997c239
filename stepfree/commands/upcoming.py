"""``stepfree upcoming``: what ends, opens or is due soon, and what is overdue."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import click

from stepfree.safe_output import say


@click.command(short_help="What ends, opens or is due soon, and what is overdue.")
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True, help="How far to look ahead.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Look as if today were this day.")
@click.option("--markdown", is_flag=True, help="As Markdown, for the summary of a nightly job.")
def upcoming(days: int, today: dt.datetime | None, markdown: bool) -> int:
    """List what ends, opens or is due in the next days, and what is overdue."""
    from stepfree.project import find_project, site_plugins
    from stepfree.today import chosen_day

    project = find_project()
    site_plugins(project)
    from library_base.errors import ContentErrors
    from library_site.reading import read_content
    from library_upcoming import When
    from library_upcoming import upcoming as listed

    content, problems = read_content(project.content)
    if problems:
        raise ContentErrors(problems)
    zone = ZoneInfo(content.library.record.timezone) if content.library.record else None
    day = today.date() if today else chosen_day() or dt.datetime.now(zone).date()
    entries = listed(content.files, day, days, content.library)
    headings = {When.OVERDUE: "Overdue", When.SOON: f"In the next {days} days"}
    for when, heading in headings.items():
        rows = [entry for entry in entries if entry.when is when]
        say(f"## {heading}\n" if markdown else heading)
        for entry in rows:
            say(f"- {entry.date}: {entry.words} (`{entry.path}:{entry.line}`)" if markdown else f"  {entry}")
        if not rows:
            say("- Nothing." if markdown else "  Nothing.")
        say()
    return 0


COMMAND = upcoming
