"""``report.json``: the report itself."""

from __future__ import annotations

from audit.report_model import Report, to_json
from audit.reports import Pictures


def render(report: Report, pictures: Pictures) -> bytes:
    """The report as its schema describes it. Pictures are not part of it."""
    del pictures
    return to_json(report)
