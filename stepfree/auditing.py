"""From the options of a command to a report on disk, a summary on the terminal and an exit code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import AuditError, ExitCode
from audit.judgement.comparison import compare
from audit.model.report import Report
from audit.reports.comparison import summary
from audit.run.run import Order, audit, base_path, broken_off
from stepfree.options import checked_formats
from stepfree.outputs import tell
from stepfree.safe_output import say
from stepfree.terminal import Teller

if TYPE_CHECKING:
    from stepfree.finished import Finished


def run_audit(order: Order, options: dict[str, Any], finished: Finished | None = None) -> Report:
    """Audit, write the report, say what came of it. ``finished``: where it is kept for the next run.

    Raises:
        AuditError: nothing could be audited, or the options are wrong.
    """
    from audit.reports import prepare, write
    from audit.run.interruption import held, interruptible

    names, output = checked_formats(options["formats"]), options["output"]
    prepare(output, names)
    with interruptible(), Teller() as teller:
        report = audit(order, finished.listening(teller) if finished is not None else teller)
        # Pictures come after: whatever becomes of them, the report is there.
        try:
            files = write(report, output, names)
        except AuditError:
            # What was found is said at least here.
            tell(report, ())
            raise
        try:
            pictures = _pictures(order, report, teller) if "html" in names else {}
        except KeyboardInterrupt:
            pictures, report = {}, broken_off(report)
        with held():
            try:
                if pictures or report.errors:
                    files = write(report, output, names, pictures)
            except AuditError:
                # A picture proves nothing; that a run was broken off has to stand in its report.
                if report.errors:
                    tell(report, ())
                    raise
            tell(report, files)
        if finished is not None:
            finished.write(report, pictures)
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
    say(f"Compared with the report from before the change: {summary(found)}")
    if report.exit_code is not ExitCode.BLOCKING_FINDINGS:
        return report.exit_code
    unseen = any(each.side == "head" and each.finding.blocking for each in found.not_comparable)
    if unseen or found.exit_code is not ExitCode.NOTHING_BLOCKS:
        return ExitCode.BLOCKING_FINDINGS
    say("What blocks publishing was there before this change, and isn’t counted against it.")
    return ExitCode.NOTHING_BLOCKS
