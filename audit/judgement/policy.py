"""What is shown, what blocks, what is known or excused.

A rule has no severity. A finding blocks when it is a fact, is new, and breaks a criterion of
a blocking profile, a duty of Ontario law, or a rule that the site's owners have named.
Questions never block: a person answers them. Nor does what time alone has brought: work that
has become due since (:func:`audit.model.rule.overdue`) is told, and the site is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from audit.judgement import gate_rules
from audit.model.finding import Family, Finding, Outcome, Requirements
from audit.model.rule import DUE
from audit.rules import LoadedRule
from audit.standards import ALWAYS_MET, profiles


@dataclass(frozen=True, slots=True)
class Policy:
    """``profile`` decides what is shown; ``block`` and ``block_rules`` what blocks. Empty ``only``: all rules."""

    profile: str
    block: tuple[str, ...]
    block_rules: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    @property
    def blocking_criteria(self) -> frozenset[str]:
        return frozenset().union(*(profiles()[name].criteria for name in self.block)) - {ALWAYS_MET}


#: Faults of the gate's own files that block whatever the profile.
GATE_RULES = frozenset(identifier for identifier, rule in gate_rules.RULES.items() if rule.blocks)


def lawful(rules: Iterable[LoadedRule]) -> frozenset[str]:
    """The rules whose faults are breaches of a legal duty: no profile, excuse or baseline covers them."""
    return frozenset(rule.id for rule in rules if rule.rule.family is Family.DUTIES and not rule.rule.best_practice)


def asked_for(requirements: Requirements, policy: Policy) -> bool:
    """Whether the profile asks for what breaks these; what breaks nothing is asked for with best practices only."""
    profile = profiles()[policy.profile]
    if profile.best_practices:
        return True
    if requirements.wcag:
        return any(criterion in profile.criteria and criterion != ALWAYS_MET for criterion in requirements.wcag)
    return bool(requirements.aoda or requirements.pdfua)


def shown(finding: Finding, policy: Policy, rules: Mapping[str, LoadedRule]) -> bool:
    """Whether the profile asks for this finding at all. What the gate says of itself is always shown."""
    if policy.only and finding.rule not in policy.only and finding.rule not in GATE_RULES:
        return False
    needs = finding.requirements
    if finding.rule in gate_rules.RULES or finding.rule in policy.block_rules:
        return True
    rule = rules.get(finding.rule)
    if rule is not None and rule.rule.family is Family.DUTIES:
        return True
    advice = rule is not None and rule.rule.best_practice and not needs.wcag and not needs.aoda
    if advice and not profiles()[policy.profile].best_practices:
        # Clauses that hurt nobody by themselves are advice.
        return False
    return asked_for(needs, policy)


def blocks(finding: Finding, policy: Policy, rules: Mapping[str, LoadedRule]) -> bool:
    """Whether the finding, were it neither known nor excused, keeps the site from being published."""
    if finding.outcome is not Outcome.FAILED or DUE in finding.evidence:
        return False
    if finding.rule in GATE_RULES or finding.rule in policy.block_rules:
        return True
    rule = rules.get(finding.rule)
    if rule is not None and rule.rule.family is Family.DUTIES and not rule.rule.best_practice:
        return True
    return any(criterion in policy.blocking_criteria for criterion in finding.requirements.wcag)


def judge(findings: Iterable[Finding], policy: Policy, rules: Mapping[str, LoadedRule]) -> tuple[Finding, ...]:
    """The findings, each with whether it would block."""
    return tuple(replace(finding, blocking=blocks(finding, policy, rules)) for finding in findings)
