"""Success criteria over a whole run: what was tested, what came out, what is left to people.

The roll-up follows WCAG-EM and ACT: one failure fails the criterion; a question leaves it
open; rules that pass cover only part of it, so it stays open until a person confirms
(``cantTell``), unless the rules that decide it alone (``decided_by``) all looked at every page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from audit.model.finding import APART, Finding, Outcome, PageResult, PageState
from audit.model.report import Coverage, CriterionResult, RuleResult
from audit.standards import ALWAYS_MET, Criterion, criteria, profiles

_WORDS = Path(__file__).with_name("left_to_people.toml")


@cache
def _left() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8")) if _WORDS.exists() else {}


def left_to_people(criterion: str) -> Mapping[str, object]:
    """What ``left_to_people.toml`` says of a criterion: ``left`` and ``decided_by``, as far as they are there."""
    return _left().get(criterion, {})


def roll_up(
    profile: str, pages: Sequence[PageResult], findings: Sequence[Finding], rules: Sequence[RuleResult]
) -> tuple[CriterionResult, ...]:
    """One result for each criterion of the profile, in the order of the standard."""
    audited = frozenset(page.address for page in pages if page.state is PageState.AUDITED)
    return tuple(
        _result(criterion, audited, findings, rules)
        for criterion in criteria().values()
        if criterion.id in profiles()[profile].criteria
    )


def _result(
    criterion: Criterion, audited: frozenset[str], findings: Sequence[Finding], rules: Sequence[RuleResult]
) -> CriterionResult:
    words = left_to_people(criterion.id)
    mine = [finding for finding in findings if criterion.id in finding.requirements.wcag]
    failures = sum(finding.outcome is Outcome.FAILED for finding in mine)
    questions = sum(finding.outcome is Outcome.CANT_TELL and finding.state not in APART for finding in mine)
    ran = {rule.id: rule for rule in rules if criterion.id in rule.requirements.wcag}
    coverage = _coverage(words.get("decided_by"), ran, audited, findings)
    if criterion.id == ALWAYS_MET:
        # W3C's errata of 2023 say that 4.1.1 is always satisfied by HTML; nothing is left to check.
        coverage, outcome = Coverage.AUTOMATIC, Outcome.PASSED
    elif failures:
        outcome = Outcome.FAILED
    elif coverage is Coverage.PERSON:
        outcome = Outcome.UNTESTED
    elif questions or coverage is Coverage.PARTLY:
        outcome = Outcome.CANT_TELL
    else:
        outcome = Outcome.PASSED
    left = words.get("left", "")
    return CriterionResult(
        id=criterion.id,
        name=criterion.name,
        level=criterion.level,
        introduced=criterion.introduced,
        in_aoda=criterion.in_aoda,
        outcome=outcome,
        coverage=coverage,
        failed=failures,
        questions=questions,
        rules=tuple(sorted(ran)),
        left=left if isinstance(left, str) else "",
    )


def _coverage(
    decided_by: object, ran: Mapping[str, RuleResult], audited: frozenset[str], findings: Sequence[Finding]
) -> Coverage:
    if not ran or not audited:
        return Coverage.PERSON
    if not isinstance(decided_by, list) or not decided_by:
        return Coverage.PARTLY
    for identifier in decided_by:
        rule = ran.get(identifier)
        if rule is None:
            return Coverage.PARTLY
        seen = {*rule.passed, *rule.inapplicable}
        for finding in findings:
            if finding.rule == identifier:
                seen.update((finding.page, *finding.pages))
        if not audited <= seen:
            return Coverage.PARTLY
    return Coverage.AUTOMATIC
