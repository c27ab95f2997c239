"""``stepfree pictures``: photograph every kind of page."""

from __future__ import annotations

import click

from stepfree.safe_output import say


@click.command(short_help="Take a picture of every kind of page, to look the site over.")
@click.argument("only", nargs=-1, metavar="[KIND | ADDRESS]...")
def pictures(only: tuple[str, ...]) -> int:
    """Build the site and photograph a page of each kind in four widths, light and dark.

    The pictures are in build/pictures; open index.html there. Name kinds (program, branch) or addresses
    (/branches/) to see only those.
    """
    from rich.console import Console

    from stepfree.contact_sheet import take
    from stepfree.project import build, find_project

    project = find_project()
    build(project, production=False)
    out = project.root / "build" / "pictures"
    with Console(stderr=True).status("Photographing") as status:
        taken = take(project.site, project.manifest, out, only, lambda page: status.update(f"Photographing {page}"))
    say(f"{len(taken)} pictures are in {out.relative_to(project.root)}; open index.html there.")
    return 0


COMMAND = pictures
