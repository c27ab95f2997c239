"""``stepfree check``: build the site, audit every page, say whether it may be published."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from stepfree.options import audit_options
from stepfree.safe_output import say


@click.command(short_help="Build the site and audit every page.")
@click.option("--publish", is_flag=True, help="With the settings for publication: what passes is what may go online.")
@click.option(
    "--base",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REPORT",
    help="The report.json from before a change: then only what the change adds blocks.",
)
@audit_options
def check(publish: bool, base: Path | None, **options: Any) -> int:
    """Build the website and open every page of it in a browser.

    The site is in build/site, the report in build/report. What may go online is build/site, as
    long as build/digest.txt has its digest: it is only written when nothing blocks, and everything was looked at.
    """
    from stepfree.finished import Finished
    from stepfree.folder_digest import tree_digest
    from stepfree.options import checked_formats
    from stepfree.orders import order_from, without_editor
    from stepfree.outputs import written
    from stepfree.project import build, find_project
    from stepfree.reading import read_report

    # Read before the long work begins: what is wrong with it is said at once.
    earlier = read_report(base) if base is not None else None
    project = find_project()
    os.chdir(project.root)
    checked_formats(options["formats"])
    order = order_from(
        project.site.relative_to(project.root).as_posix(),
        options,
        base=project.root,
        manifest=project.manifest,
    )
    say("Building …", err=True)
    result = build(project, production=publish)
    for problem in result.problems:
        say(str(problem), err=True)
    order = without_editor(order, result.files)
    before = tree_digest(project.site)
    # What an earlier run has proved is no proof of what this one is about to find.
    project.digest.unlink(missing_ok=True)
    finished = Finished.of(order, project.root, (project.site.parent,))
    kept = finished.read() if finished is not None else None
    if kept is not None:
        say("Nothing has changed since the last check: its result holds.", err=True)
        report, pictures = kept
        written(report, options, pictures)
    else:
        from stepfree.auditing import run_audit

        report = run_audit(order, options, finished)
    if kept is None and tree_digest(project.site) != before:
        from audit.errors import AuditIncomplete

        raise AuditIncomplete(
            "The built site has changed while it was audited.",
            "Run the command again, and don’t build anything else in the meantime.",
        )
    if report.exit_code == 0 and not report.narrowed:
        project.digest.write_text(f"{before}\n", encoding="ascii")
    if earlier is None:
        return int(report.exit_code)
    from stepfree.auditing import against

    return int(against(earlier, report))


COMMAND = check
