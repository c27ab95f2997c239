"""``report.json``: the report as plain data, in the order of ``docs/schemas/report.schema.json``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping

from audit.model.finding import DocumentResult, Finding, Json, PageResult, Requirements, Source, Target
from audit.model.report import CriterionResult, Report, RuleResult, Summary, ordered

SCHEMA = "stepfree-report/1"


def to_json(report: Report) -> bytes:
    """The bytes of ``report.json``: UTF-8, two spaces, keys in the order of the schema."""
    text = json.dumps(to_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    # A page may hold half a surrogate pair, which has no UTF-8; a question mark stands for it.
    return text.encode("utf-8", "replace") + b"\n"


def to_data(report: Report) -> dict[str, Json]:
    """The report as plain data, as in the schema."""
    report = ordered(report)
    numbers = {page.address: number for number, page in enumerate(report.pages)}
    return {
        "schema": SCHEMA,
        "tool": dict(report.tool),
        "profile": report.profile,
        "target": report.target,
        "summary": summary_data(report.summary),
        "pages": [_page(page) for page in report.pages],
        "findings": [finding_data(finding) for finding in report.findings],
        "criteria": [_criterion(criterion) for criterion in report.criteria],
        "rules": [_rule(rule, numbers) for rule in report.rules],
        "errors": [{"kind": error.kind, "where": error.where, "sentence": error.sentence} for error in report.errors],
        "notes": list(report.notes),
        "rules_address": report.rules_address,
        "jurisdiction": report.jurisdiction,
        "narrowed": list(report.narrowed),
    }


def summary_data(summary: Summary) -> dict[str, Json]:
    """The counts as plain data, as in the schema."""
    return {
        "audited": summary.audited,
        "not_audited": summary.not_audited,
        "excluded": summary.excluded,
        "failed": summary.failed,
        "cantTell": summary.cant_tell,
        "blocking": summary.blocking,
        "excused": summary.excused,
        "known": summary.known,
        "errors": summary.errors,
    }


def finding_data(finding: Finding) -> dict[str, Json]:
    """One finding as plain data, as in the schema."""
    return {
        "key": finding.key,
        "loose_key": finding.loose_key,
        "evidence_digest": finding.evidence_digest,
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "blocking": finding.blocking,
        "requirements": _requirements(finding.requirements),
        "page": finding.page,
        "pages": list(finding.pages),
        "count": finding.count,
        "target": _target(finding.target),
        "conditions": list(finding.conditions),
        "source": _source(finding.source),
        "title": finding.title,
        "message": finding.message,
        "why": finding.why,
        "fix": finding.fix,
        "evidence": _plain(finding.evidence),
        "engine": finding.engine,
        "state": finding.state,
        "excuse": _plain(finding.excuse) if finding.excuse is not None else None,
    }


def _requirements(requirements: Requirements) -> dict[str, Json]:
    return {
        "wcag": list(requirements.wcag),
        "act": list(requirements.act),
        "aoda": list(requirements.aoda),
        "pdfua": list(requirements.pdfua),
    }


def _target(target: Target | None) -> dict[str, Json] | None:
    if target is None:
        return None
    return {
        "selector": target.selector,
        "html": target.html,
        "role": target.role,
        "name": target.name,
        "box": [_plain(side) for side in target.box] if target.box else None,
    }


def _source(source: Source | None) -> dict[str, Json] | None:
    return None if source is None else {"path": source.path, "line": source.line, "kind": source.kind.value}


def _page(page: PageResult) -> dict[str, Json]:
    return {
        "address": page.address,
        "file": page.file,
        "title": page.title,
        "state": page.state.value,
        "reason": page.reason,
        "untested": list(page.untested),
        "document": _document(page.document) if page.document is not None else None,
    }


def _document(document: DocumentResult) -> dict[str, Json]:
    return {
        "format": document.format,
        "length": document.length,
        "linked_from": list(document.linked_from),
        "owner": document.owner,
        "duty": document.duty,
    }


def _criterion(criterion: CriterionResult) -> dict[str, Json]:
    return {
        "id": criterion.id,
        "name": criterion.name,
        "level": criterion.level,
        "introduced": criterion.introduced,
        "in_aoda": criterion.in_aoda,
        "outcome": criterion.outcome.value,
        "coverage": criterion.coverage.value,
        "failed": criterion.failed,
        "questions": criterion.questions,
        "rules": list(criterion.rules),
        "left": criterion.left,
    }


def _rule(rule: RuleResult, numbers: Mapping[str, int]) -> dict[str, Json]:
    return {
        "id": rule.id,
        "title": rule.title,
        "engine": rule.engine,
        "family": rule.family,
        "fixer": rule.fixer.value,
        "best_practice": rule.best_practice,
        "requirements": _requirements(rule.requirements),
        "help_url": rule.help_url,
        "passed": ranges(numbers[address] for address in rule.passed if address in numbers),
        "inapplicable": ranges(numbers[address] for address in rule.inapplicable if address in numbers),
    }


def ranges(numbers: Iterable[int]) -> str:
    """Places in the list of pages, written shortly: ``0-3,7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _plain(value: Json) -> Json:
    """Evidence as JSON can hold it: keys in order, sequences as lists, no infinite numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() else round(value, 4)
    return value
