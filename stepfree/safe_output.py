"""What the command says: in a terminal that obeys nothing of it.

Names, addresses and content are quoted in our sentences, and may come from a stranger's pull request.
"""

from __future__ import annotations

import click

from audit.reports.markup import spoken


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print text, on stderr with ``err``, without an end of line unless ``nl``."""
    click.echo(spoken(text), err=err, nl=nl)
