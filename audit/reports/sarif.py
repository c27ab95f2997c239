"""SARIF 2.1.0 for code scanning: an extra, never the channel (it needs a paid feature elsewhere).

Paths are those of the repository; a finding whose file is not known has no place there, so it
is counted in a notification instead of pointing nowhere. Fingerprints are made from our keys:
otherwise the upload hashes the line, and several findings on one line of a template become one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from audit.model.finding import Finding, FindingState, Json, Outcome
from audit.model.report import Report, RuleResult, ordered
from audit.model.rule_places import rule_page
from audit.reports import Pictures
from audit.reports.article import obligation
from audit.reports.markdown import prose
from audit.reports.markup import shown
from audit.reports.prose import plain
from audit.reports.sentences import of_others
from audit.standards import criteria

_RESULTS = 25_000  # GitHub refuses more in one run and keeps the first 5,000
_TAGS = 10


def render(report: Report, pictures: Pictures) -> bytes:
    """The log as UTF-8 bytes, worst findings first."""
    del pictures
    report = ordered(report)
    placed = [finding for finding in report.findings if _uri(finding) is not None]
    placed.sort(
        key=lambda finding: (
            finding.state != FindingState.NEW,
            not finding.blocking,
            finding.outcome is not Outcome.FAILED,
        )
    )
    kept, left = placed[:_RESULTS], len(placed) - _RESULTS
    order = sorted({finding.rule for finding in kept})
    index = {rule: number for number, rule in enumerate(order)}
    seen: Counter[str] = Counter()
    results: list[Json] = []
    for finding in kept:
        seen[finding.key] += 1
        results.append(_result(finding, index[finding.rule], seen[finding.key]))
    notes = []
    if without := len(report.findings) - len(placed):
        notes.append(f"{without:,} findings have no file of the repository; they are in report.json only.")
    if left > 0:
        notes.append(f"{left:,} findings are left out, because code scanning takes no more than {_RESULTS:,}.")
    run: dict[str, Json] = {
        "tool": {
            "driver": {
                "name": "stepfree",
                "semanticVersion": report.tool.get("stepfree", "0.0.0"),
                "rules": [_rule(rule, kept, report.rule(rule), report) for rule in order],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": [
                    *(
                        {"level": "error", "message": {"text": shown(f"{error.where}: {error.sentence}")}}
                        for error in report.errors[:1000]
                    ),
                    *({"level": "note", "message": {"text": note}} for note in notes),
                ],
            }
        ],
        "results": results,
    }
    log: dict[str, Json] = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _uri(finding: Finding) -> str | None:
    """The path inside the repository as a relative reference; ``None`` when it is none."""
    if finding.source is None:
        return None
    path = finding.source.path
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path or ".." in parts or re.match(r"[A-Za-z]:", path):
        return None
    return quote(path.encode("utf-8", "replace"), safe="/")


def _result(finding: Finding, index: int, ordinal: int) -> dict[str, Json]:
    place: dict[str, Json] = {"artifactLocation": {"uri": _uri(finding), "uriBaseId": "%SRCROOT%"}}
    line = finding.source.line if finding.source else None
    place["region"] = {"startLine": line or 1}
    level = "note" if finding.outcome is Outcome.CANT_TELL else "error" if finding.blocking else "warning"
    digest = hashlib.sha256(finding.key.encode("utf-8", "replace")).hexdigest()[:16]
    result: dict[str, Json] = {
        "ruleId": shown(finding.rule),
        "ruleIndex": index,
        "level": level,
        "message": {
            "text": shown(plain(f"{finding.message}\n\n{finding.why}")),
            "markdown": f"{prose(finding.message)}\n\n{prose(finding.fix)}",
        },
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {
            "stepfreeKey/v1": f"{digest}:{ordinal}",
            "primaryLocationLineHash": f"{digest}:{ordinal}",
        },
        "properties": {
            "outcome": finding.outcome.value,
            "state": finding.state,
            "page": shown(finding.page),
            "conditions": [shown(condition) for condition in finding.conditions],
        },
    }
    if finding.state == FindingState.EXCUSED:
        reason = str((finding.excuse or {}).get("reason") or "excused")
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": shown(reason)}]
    elif finding.state == FindingState.THEIRS:
        ((named, _),) = of_others((finding,))
        said = f"Belongs to somebody else: {named}. {(finding.excuse or {}).get('reason') or ''}".rstrip()
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": shown(said)}]
    elif finding.state == FindingState.KNOWN:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": "known before; in the baseline"}
        ]
        result["baselineState"] = "unchanged"
    return result


def _rule(identifier: str, findings: Sequence[Finding], known: RuleResult | None, report: Report) -> dict[str, Json]:
    first = next(finding for finding in findings if finding.rule == identifier)
    wcag = known.requirements.wcag if known else first.requirements.wcag
    names = [f"- {criteria()[number].name} ({number})" for number in wcag if number in criteria()]
    title = shown(known.title if known else first.title)
    help_text = "\n\n".join(
        part for part in (f"## {prose(title)}", prose(first.why), prose(first.fix), "\n".join(names)) if part
    )
    rule: dict[str, Json] = {
        "id": shown(identifier),
        "name": "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", identifier)) or "Rule",
        "shortDescription": {"text": title},
        "fullDescription": {"text": shown(plain(first.why)) or title},
        "help": {"text": shown(plain(f"{first.why}\n\n{first.fix}")), "markdown": help_text},
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "tags": [
                "accessibility",
                *(f"wcag/{number}" for number in wcag if number in criteria()),
                obligation(first, known, report.jurisdiction),
            ][:_TAGS]
        },
    }
    page = rule_page(identifier, report.rules_address) or (known.help_url if known else None)
    if page:
        rule["helpUri"] = page
    return rule
