"""``stepfree excuse KEY``: answer for a fault, or decide a question, for some time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Accept a fault for now, or answer a question.")
@click.argument("key")
@click.option("--reason", required=True, help="Why the fault may stay for now; for a question, the answer. A sentence.")
@click.option("--owner", required=True, help="Who answers for it: a role, not a person's name.")
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day on which this is good.")
@click.option("--link", help="Where to read more about it.")
@click.option(
    "--report", "file", type=click.Path(path_type=Path), default=Path("build/report/report.json"), show_default=True
)
def excuse(key: str, reason: str, owner: str, until: dt.datetime, link: str | None, file: Path) -> int:
    """Write an excuse for the finding KEY of the last report into excuses.toml.

    The finding stays in the report, counted apart, and does not block until that day. An answer
    to a question lapses by itself when what it was about changes.
    """
    from audit.errors import UsageError
    from audit.judgement.excuses import WORDS, entry_text
    from audit.settings.config import find
    from audit.settings.nearest import did_you_mean
    from audit.settings.responsibility import role_flaw, until_flaw
    from stepfree.reading import read_report
    from stepfree.today import today

    place = find(None, Path()).excuses
    if place is None:
        raise UsageError(
            "No list of excuses is named.", 'Write excuses = "excuses.toml" into [paths] of stepfree.toml.'
        )
    if len(reason.split()) < WORDS:
        raise UsageError(f"“{reason}” is not a reason.", "Write it as a sentence.")
    for flaw in (role_flaw(owner), until_flaw(until.date(), today())):
        if flaw:
            raise UsageError(flaw)
    findings = {each.key: each for each in read_report(file).findings}
    if key not in findings:
        raise UsageError(f"{file} has no finding with the key {key}.", did_you_mean(key, findings) or None)
    text = place.read_text(encoding="utf-8") if place.exists() else "# What somebody has accepted, and until when.\n"
    entry = entry_text(findings[key], reason, owner, until.date(), link)
    place.write_text(f"{text.rstrip()}\n\n{entry}", encoding="utf-8")
    say(f"Written into {place}:\n\n{entry}", nl=False)
    return 0


COMMAND = excuse
