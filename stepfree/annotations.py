"""Findings as annotations of a workflow on GitHub: beside the lines of “Files changed”.

GitHub shows ten errors and ten warnings of a step and drops the rest without a word. So the
first of each says how many there are, the worst follow, and nothing relies on the others.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.model import Finding, Outcome
from audit.report_model import FindingState, Report

#: Of each kind, for one step.
LIMIT = 10


def commands(report: Report) -> Iterator[str]:
    """The lines to print, at most ten of each kind."""
    new = [finding for finding in report.findings if finding.state == FindingState.NEW]
    blocking = [finding for finding in new if finding.blocking]
    others = [finding for finding in new if not finding.blocking]
    # Facts before questions; within each, the order of the report.
    others.sort(key=lambda finding: finding.outcome is not Outcome.FAILED)
    summary = report.summary
    if summary.not_audited or summary.errors:
        yield command(
            "error",
            "The audit is incomplete",
            f"{summary.not_audited} pages were not audited, {summary.errors} errors.",
        )
    taken = 1 if summary.not_audited or summary.errors else 0
    yield from _group("error", blocking, "blocking", LIMIT - taken)
    yield from _group("warning", others, "not blocking", LIMIT)


def _group(level: str, findings: Sequence[Finding], kind: str, limit: int) -> Iterator[str]:
    if not findings:
        return
    shown = findings[: limit - 1]
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    rest = f"; {len(findings) - len(shown)} of them only in the report" if len(findings) > len(shown) else ""
    yield command(level, f"Accessibility: {count} ({kind})", f"{count} {kind}{rest}.")
    for finding in shown:
        source = finding.source
        words = f"{finding.message}\n{finding.why}\n{finding.fix}"
        place = {"file": source.path, **({"line": str(source.line)} if source.line else {})} if source else {}
        if not place:
            words = f"{finding.page}: {words}"
        yield command(level, f"{finding.title} ({finding.rule})", words, **place)


def command(level: str, title: str, message: str, **properties: str) -> str:
    """One workflow command, escaped as GitHub wants it."""
    named = {**properties, "title": title}
    written = ",".join(f"{name}={_property(value)}" for name, value in named.items())
    return f"::{level} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
