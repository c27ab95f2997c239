"""Annotations: the words that stand beside a line in “Files changed”.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a
word, so the first of each kind says how many there are, and the worst come next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.github.note import inside
from audit.model.finding import Finding, FindingState, Outcome
from audit.model.report import Report
from audit.model.rule_places import rule_page
from audit.reports.causes import where
from audit.reports.markup import shown
from audit.reports.prose import plain
from audit.reports.sentences import count, sentence

_SHOWN = 10
_LENGTH = 1500
#: Annotations are shown as they are: lines that only mark code would be read as part of it.
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})\S*\n?", re.MULTILINE)


def commands(report: Report, fresh: Sequence[Finding]) -> tuple[str, ...]:
    """Workflow commands, one a line: errors for what blocks, warnings, notices for questions.

    ``fresh`` are the findings to tell of: the new ones of a comparison, or all of the report.
    """
    new = [finding for finding in fresh if finding.state == FindingState.NEW]
    errors = [finding for finding in new if finding.blocking]
    warnings = [finding for finding in new if not finding.blocking and finding.outcome is Outcome.FAILED]
    notices = [finding for finding in new if not finding.blocking and finding.outcome is Outcome.CANT_TELL]
    lines = []
    more = report.rules_address
    missed = report.summary.errors + report.summary.not_audited
    if missed:
        lines.append(
            _command("error", None, "Check incomplete", f"{sentence(count(missed, 'thing'))} could not be checked.")
        )
    lines += _kind(
        "error", errors, "Accessibility", "to change before this can be published", _SHOWN - len(lines), more
    )
    lines += _kind("warning", warnings, "Accessibility", "worth changing", _SHOWN, more)
    lines += _kind("notice", notices, "Accessibility", "for a person to decide", _SHOWN, more)
    return tuple(lines)


def _kind(
    kind: str, findings: Sequence[Finding], title: str, what: str, room: int, rules_address: str | None
) -> list[str]:
    if not findings:
        return []
    kept = findings[: room - 1]
    left = len(findings) - len(kept)
    total = sentence(f"{count(len(findings), 'thing')} {what}.")
    if left:
        total += sentence(f" The first {len(kept)} are shown beside their lines, {left:,} more are in the report.")
    return [
        _command(kind, None, title, total),
        *(_command(kind, finding, finding.title, _said(finding, rules_address)) for finding in kept),
    ]


def _said(finding: Finding, rules_address: str | None) -> str:
    page = rule_page(finding.rule, rules_address)
    return "\n".join(
        (
            plain(finding.message),
            f"Why: {plain(finding.why)}",
            f"To do: {_FENCE.sub('', finding.fix)}",
            f"({where(finding)}, seen on {finding.page}; rule {finding.rule})",
            *([f"More: {page}"] if page else []),
        )
    )


def _command(kind: str, finding: Finding | None, title: str, message: str) -> str:
    properties = {}
    source = finding.source if finding else None
    if source and inside(source.path):
        properties["file"] = source.path
        properties["line"] = str(source.line or 1)
    properties["title"] = shown(title)[:200]
    said = "".join(f"{name}={_property(value)}," for name, value in properties.items()).rstrip(",")
    return f"::{kind} {said}::{_data(shown(message)[:_LENGTH])}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
