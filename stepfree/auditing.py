"""From the options of a command to a report on disk, a summary on the terminal and an exit code."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from audit.errors import ExitCode, UsageError
from audit.judgement.comparison import compare
from audit.model.report import Report
from audit.reports.comparison import summary
from audit.run.run import Order, audit, base_path, broken_off
from audit.settings.config import Exclusion, find
from stepfree.options import checked_formats
from stepfree.terminal import Teller
from stepfree.today import chosen_day


def order_from(target: str, options: dict[str, Any], *, base: Path, **more: Any) -> Order:
    """What to audit, from the options of :func:`stepfree.options.audit_options`.

    Raises:
        UsageError: the configuration is wrong, or options contradict each other.
    """
    config = find(options["config"], base)
    if options["resume"] and options["no_cache"]:
        raise UsageError(
            "--resume goes on with what an earlier run has kept, and --no-cache says not to use it.",
            "Leave one of them out.",
        )
    return Order(
        target=target,
        config=config,
        # SITEURL is what a workflow publishes to; an address that nobody gave is never made up.
        rules_address=config.rules_address(os.environ.get("SITEURL")),
        profile=options["profile"],
        block=options["block"],
        workers=options["workers"],
        grid=options["grid"],
        only=options["rules"],
        use_cache=not options["no_cache"],
        resume=options["resume"],
        use_browser=not options["no_browser"],
        base=base,
        today=chosen_day(),
        **more,
    )


def named_files(targets: tuple[str, ...]) -> tuple[str, tuple[Path, ...]]:
    """What to audit, from the names on the command line: one target, or several files of one folder.

    Raises:
        UsageError: several targets of which one is no file.
    """
    if len(targets) == 1:
        return targets[0], ()
    files = []
    for target in targets:
        path = Path(target)
        if not path.is_file():
            what = "a web address" if "://" in target else "a folder" if path.is_dir() else "no file that is there"
            raise UsageError(
                f"{target}: this is {what}, and several targets must all be files.",
                "Name one folder, one web address, or any number of files.",
            )
        files.append(path)
    folder = os.path.commonpath([str(path.absolute().parent) for path in files])
    with suppress(ValueError):
        folder = str(Path(folder).relative_to(Path.cwd()))
    return folder, tuple(
        dict.fromkeys(Path(folder) / path.absolute().relative_to(Path(folder).absolute()) for path in files)
    )


#: Where a build puts the editor for staff, when its settings name one.
_EDITOR = "admin/index.html"
_EDITOR_REASON = (
    "The editor for staff, a program by others. No patron needs it, and each file can be changed without it."
)


def without_editor(order: Order, files: Iterable[str]) -> Order:
    """The order without the editor's page, if the build wrote one; the report names it with the reason."""
    if _EDITOR not in files:
        return order
    left_out = Exclusion("/admin/*", _EDITOR_REASON, "publishconf.py", 1)
    return replace(order, config=replace(order.config, exclude=(*order.config.exclude, left_out)))


def run_audit(order: Order, options: dict[str, Any]) -> Report:
    """Audit, write the report, say what came of it.

    Raises:
        AuditError: nothing could be audited, or the options are wrong.
    """
    from audit.reports import prepare, write
    from audit.run.interruption import held, interruptible

    names, output = checked_formats(options["formats"]), options["output"]
    prepare(output, names)
    with interruptible(), Teller() as teller:
        report = audit(order, teller)
        # Pictures come after: whatever becomes of them, the report is there.
        files = write(report, output, names)
        try:
            pictures = _pictures(order, report, teller) if "html" in names else {}
        except KeyboardInterrupt:
            pictures, report = {}, broken_off(report)
        with held():
            if pictures or report.errors:
                files = write(report, output, names, pictures)
            tell(report, [str(file) for file in files])
    return report


def _pictures(order: Order, report: Report, teller: Teller) -> Mapping[str, bytes]:
    """Pictures of what the findings point at, on pages and in documents.

    Of pages only in a folder, and only where a browser may be used.
    """
    from audit.capture.pictures import chosen
    from audit.documents.pictures import pictures as document_pictures
    from audit.run.order import browser_settings
    from audit.run.pictures import page_pictures

    folder = Path(order.target) if Path(order.target).is_dir() else Path(order.target).parent
    files = {page.address: folder / page.file for page in report.pages if page.document is not None and page.file}
    in_documents = [finding for finding in report.findings if finding.page in files]
    on_pages = [finding for finding in report.findings if finding.page not in files]
    taken = dict(document_pictures(files, in_documents, os.cpu_count() or 1)) if in_documents else {}
    if not order.use_browser or not Path(order.target).is_dir() or not chosen(on_pages):
        return taken
    teller.stage("Taking pictures")
    settings = browser_settings(order)
    return {**taken, **page_pictures(folder, base_path(order), on_pages, {"/404.html": 404}, settings)}


def against(earlier: Report, report: Report) -> ExitCode:
    """Say what is new since an earlier report; of what blocks only that counts.

    What the earlier report could not have had (its rule did not run) counts as well: nobody has
    seen that it was there before.
    """
    found = compare(earlier, report)
    click.echo(f"Compared with the report from before the change: {summary(found)}")
    if report.exit_code is not ExitCode.BLOCKING_FINDINGS:
        return report.exit_code
    unseen = any(each.side == "head" and each.finding.blocking for each in found.not_comparable)
    if unseen or found.exit_code is not ExitCode.NOTHING_BLOCKS:
        return ExitCode.BLOCKING_FINDINGS
    click.echo("What stands in the way of publishing was there before, and is not held against this change.")
    return ExitCode.NOTHING_BLOCKS


def tell(report: Report, files: list[str]) -> None:
    """Print the summary."""
    from rich.console import Console

    from audit.reports.terminal import show

    show(report, Console(highlight=False, emoji=False, markup=False))
    click.echo(f"Report: {', '.join(files)}")
