"""``stepfree preview``: shows the site in a browser; it follows every file that is saved."""

from __future__ import annotations

import os
import signal
import sys
import threading

import click

from stepfree.safe_output import say


@click.command(short_help="Show the site in your browser while you write.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="A port other than 8000 or the next free one.")
@click.option(
    "--drafts/--no-drafts", default=True, show_default=True, help="Also drafts and what is not published yet, marked."
)
@click.option(
    "--findings/--no-findings", default=True, show_default=True, help="Say what needs fixing on the open page."
)
def preview(port: int | None, drafts: bool, findings: bool) -> int:
    """Show the site in your browser. Save a file, and the page you look at shows it.

    A panel at the end of each page lists its headings, pictures and links, and what is to be put
    right, with file and line. Nothing is written into build/. Ctrl+C ends it.
    """
    from audit.settings.config import find
    from stepfree.preview.session import Wishes, previewing
    from stepfree.project import find_project, site_plugins, site_settings

    project = find_project()
    site_plugins(project)
    config = find(None, project.root)
    again = False
    taken = port
    # Whoever ends it otherwise than by Ctrl+C must not leave a browser behind either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with previewing(
            project.settings, config, Wishes(port, drafts, findings), _say, site_settings(project)
        ) as session:
            _say(f"The site is at {session.address}")
            _say("It follows every file you save. Ctrl+C ends it.")
            session.follow(threading.Event())
            again = session.outdated
            taken = session.server.server_port
    except KeyboardInterrupt:
        _say("The preview has ended.")
    if again:
        _say("The site's code has changed: the preview is restarting.")
        # A module that is loaded cannot be exchanged reliably; open pages wait and come back by themselves.
        wishes = ["--port", str(taken), *([] if drafts else ["--no-drafts"]), *([] if findings else ["--no-findings"])]
        os.execv(sys.executable, [sys.executable, "-m", "stepfree", "preview", *wishes])  # noqa: S606 - ourselves
    return 0


def _say(sentence: str) -> None:
    say(sentence, err=True)


COMMAND = preview
