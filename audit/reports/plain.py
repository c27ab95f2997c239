"""``report.json``: the report itself."""

from __future__ import annotations

from audit.model.report import Report
from audit.reports import Pictures
from audit.reports.writing import to_json


def render(report: Report, pictures: Pictures) -> bytes:
    """The report as its schema describes it. Pictures are not part of it."""
    del pictures
    return to_json(report)
