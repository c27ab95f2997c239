"""``stepfree build``: make the site, without auditing it."""

from __future__ import annotations

from pathlib import Path

import click

from stepfree.safe_output import say


@click.command(short_help="Build the site into build/site.")
@click.option("--publish", is_flag=True, help="With the settings for publication: absolute addresses, no drafts.")
@click.option(
    "--editor",
    metavar="FOLDER",
    help="With the editor for staff at /admin/; FOLDER is that of its npm package, node_modules/@sveltia/cms.",
)
def build(publish: bool, editor: str | None) -> int:
    """Build the website from content/ into build/site."""
    from stepfree.project import build as build_site
    from stepfree.project import find_project

    project = find_project()
    result = build_site(project, production=publish, editor=str(Path(editor).resolve()) if editor else None)
    for problem in result.problems:
        say(str(problem), err=True)
    say(
        f"{len(result.pages)} pages and {len(result.files)} other files are in {project.site.relative_to(project.root)}."
    )
    return 0


COMMAND = build
