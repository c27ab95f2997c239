"""CSV for spreadsheets: one row for each finding.

A cell that begins like a formula is quoted with an apostrophe: a page's words must not be
calculated in somebody's spreadsheet.
"""

from __future__ import annotations

import csv
import io

from audit.model.report import Report, ordered
from audit.reports import Pictures
from audit.reports.markup import shown
from audit.reports.prose import plain

COLUMNS = (
    "state",
    "blocks",
    "outcome",
    "title",
    "file",
    "line",
    "page",
    "pages",
    "what is there",
    "what to do",
    "why",
    "wcag",
    "aoda",
    "seen under",
    "element",
    "rule",
    "engine",
    "key",
)


def render(report: Report, pictures: Pictures) -> bytes:
    """The table as UTF-8 with a byte order mark, without which Excel shows accents wrongly."""
    del pictures
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    for finding in ordered(report).findings:
        source = finding.source
        rows.writerow(
            cell(value)
            for value in (
                finding.state,
                "yes" if finding.blocking else "no",
                finding.outcome.value,
                finding.title,
                source.path if source else "",
                str(source.line or "") if source else "",
                finding.page,
                str(len({*finding.pages, finding.page})),
                plain(finding.message),
                finding.fix,
                plain(finding.why),
                " ".join(finding.requirements.wcag),
                "; ".join(finding.requirements.aoda),
                ", ".join(finding.conditions),
                finding.target.html if finding.target else "",
                finding.rule,
                finding.engine,
                finding.key,
            )
        )
    return file.getvalue().encode("utf-8-sig", "replace")


def cell(value: str) -> str:
    """The value, never a formula."""
    value = shown(value.replace("\r", ""))
    return f"'{value}" if value.lstrip()[:1] in ("=", "+", "-", "@") or value[:1] == "\t" else value
