"""For each success criterion: what rules can say of it, what they said, what is left for a person.

The roll-up is WCAG-EM's and ACT's: a criterion is failed when one thing fails it; it is never
passed by rules alone unless nothing is left for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.model import Finding, Outcome
from audit.report_model import Coverage, CriterionResult, FindingState, RuleResult
from audit.standards import ALWAYS_MET, criteria, profiles, questions


def table(profile: str, findings: Iterable[Finding], rules: Iterable[RuleResult]) -> tuple[CriterionResult, ...]:
    """One row for each criterion of the profile, in the order of WCAG."""
    by_criterion: dict[str, list[RuleResult]] = {}
    for rule in rules:
        for identifier in rule.requirements.wcag:
            by_criterion.setdefault(identifier, []).append(rule)
    counts = _counts(findings)
    wanted = profiles()[profile].criteria
    rows = []
    for criterion in criteria().values():
        if criterion.id not in wanted and not (criterion.id == ALWAYS_MET and profile != "everything"):
            continue
        looking = by_criterion.get(criterion.id, [])
        failed, asked = counts.get(criterion.id, (0, 0))
        left = questions().get(criterion.id, "Does the page meet it? No rule looks at this level in full.")
        coverage = _coverage(criterion.id, looking, left)
        rows.append(
            CriterionResult(
                id=criterion.id,
                name=criterion.name,
                level=criterion.level,
                introduced=criterion.introduced,
                in_aoda=criterion.in_aoda,
                outcome=_outcome(criterion.id, failed, asked, coverage, looking),
                coverage=coverage,
                failed=failed,
                questions=asked,
                rules=tuple(sorted(rule.id for rule in looking)),
                left=left,
            )
        )
    return tuple(rows)


def _counts(findings: Iterable[Finding]) -> Mapping[str, tuple[int, int]]:
    """Facts and questions for each criterion; excused ones were decided by a person."""
    counts: dict[str, tuple[int, int]] = {}
    for finding in findings:
        if finding.state == FindingState.EXCUSED:
            continue
        for criterion in finding.requirements.wcag:
            failed, asked = counts.get(criterion, (0, 0))
            fact = finding.outcome is Outcome.FAILED
            counts[criterion] = (failed + fact, asked + (not fact))
    return counts


def _coverage(identifier: str, looking: list[RuleResult], left: str) -> Coverage:
    if identifier == ALWAYS_MET:
        return Coverage.AUTOMATIC
    if not looking:
        return Coverage.PERSON
    return Coverage.PARTLY if left else Coverage.AUTOMATIC


def _outcome(identifier: str, failed: int, asked: int, coverage: Coverage, looking: list[RuleResult]) -> Outcome:
    if identifier == ALWAYS_MET:
        return Outcome.PASSED
    if failed:
        return Outcome.FAILED
    if coverage is Coverage.PERSON:
        return Outcome.UNTESTED
    if asked or coverage is Coverage.PARTLY:
        return Outcome.CANT_TELL
    if any(rule.passed for rule in looking):
        return Outcome.PASSED
    return Outcome.INAPPLICABLE
