"""``stepfree upgrade``: says what a new version of the program does to the website, and takes it."""

from __future__ import annotations

from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="See what a new version would change on your website, and upgrade.")
@click.option("--to", "wanted", metavar="VERSION", help="A version or a file (.whl) instead of the newest version.")
@click.option(
    "--environment",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="A Python environment that already has the new version.",
)
@click.option("--yes", is_flag=True, help="Upgrade without asking.")
@click.option("--look", is_flag=True, help="Only say what would change.")
@click.option("--undo", is_flag=True, help="Put your files back as they were before the last upgrade.")
@click.option("--no-browser", is_flag=True, help="Only what needs no browser: pages are compared by their text.")
@click.option(
    "--without-workflows", is_flag=True, help="Leave the files in .github alone; name those that would be changed."
)
def upgrade(
    wanted: str | None,
    environment: Path | None,
    yes: bool,
    look: bool,
    undo: bool,
    no_browser: bool,
    without_workflows: bool,
) -> int:
    """Build your website with the version you have and with a newer one, and say what differs.

    Which pages are the same, which differ and how, which findings are new and because of which
    rule, and which of your files would be written. Nothing is written before you say yes.
    build/upgrade/upgrade.html has all of it, with pictures of pages before and after.
    """
    from audit.errors import UsageError
    from stepfree.project import find_project
    from stepfree.upgrading.own_files import undo as put_back
    from stepfree.upgrading.upgrade import Upgrade

    if sum((yes, look, undo)) > 1:
        raise UsageError("--yes, --look and --undo cannot be used together.", "Choose one of them.")
    root = find_project().root
    output = root / "build" / "upgrade"
    if undo:
        names = put_back(root, output)
        say(f"As they were before the upgrade: {', '.join(names)}.")
        return 0
    tried = Upgrade(root, output, browser=not no_browser, workflows=not without_workflows, say=_say)
    with tried:
        outcome = tried.run(wanted, environment)
        if outcome is None:
            return 0
        say(outcome.text)
        if not look and (yes or (_asked_here() and click.confirm(f"Take {outcome.new.version}?"))):
            tried.take()
            say(f"Your website now uses version {outcome.new.version}. Undo: stepfree upgrade --undo")
            if outcome.install:
                say(f"Install it on this computer too: {outcome.install}")
        else:
            say("Nothing was changed. To install it: stepfree upgrade --yes")
    return int(outcome.exit_code)


def _say(sentence: str) -> None:
    say(sentence, err=True)


def _asked_here() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    import sys

    return sys.stdin.isatty()


COMMAND = upgrade
