"""The auditor for programs: an :class:`Order` in, a :class:`Report` out. ``docs/api.md`` shows it at work.

What stands here keeps its name and its meaning; everything else may move from one version to the next.
"""

from __future__ import annotations

from audit.errors import AuditError, AuditIncomplete, BrowserError, ExitCode, NothingToAudit, UsageError
from audit.judgement.comparison import Comparison, compare
from audit.model.finding import (
    Condition,
    Finding,
    FindingState,
    Outcome,
    PageResult,
    PageState,
    Requirements,
    Source,
    Target,
)
from audit.model.report import Report, RunError, Summary, Verdict
from audit.reports import write as write_report
from audit.run.order import Order
from audit.run.run import Listener, audit
from audit.settings.config import Config
from audit.settings.config import load as read_config
from stepfree.reading import read_report

__all__ = [
    "AuditError",
    "AuditIncomplete",
    "BrowserError",
    "Comparison",
    "Condition",
    "Config",
    "ExitCode",
    "Finding",
    "FindingState",
    "Listener",
    "NothingToAudit",
    "Order",
    "Outcome",
    "PageResult",
    "PageState",
    "Report",
    "Requirements",
    "RunError",
    "Source",
    "Summary",
    "Target",
    "UsageError",
    "Verdict",
    "audit",
    "compare",
    "read_config",
    "read_report",
    "write_report",
]
