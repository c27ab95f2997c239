"""What is shown, what blocks, what is known or excused.

A rule has no severity. A finding blocks when it is a fact, is new, and breaks a criterion of
a blocking profile, a duty of Ontario law, or a rule that the site's owners have named.
Questions never block: a person answers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from audit.judgement import gate_rules
from audit.model.finding import Family, Finding, Outcome
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


def shown(finding: Finding, policy: Policy, rules: Mapping[str, LoadedRule]) -> bool:
    """Whether the profile asks for this finding at all. What the gate says of itself is always shown."""
    if policy.only and finding.rule not in policy.only and finding.rule not in GATE_RULES:
        return False
    profile = profiles()[policy.profile]
    needs = finding.requirements
    if finding.rule in gate_rules.RULES or finding.rule in policy.block_rules or profile.best_practices:
        return True
    rule = rules.get(finding.rule)
    if rule is not None and rule.rule.family is Family.DUTIES:
        return True
    if needs.wcag:
        return any(criterion in profile.criteria and criterion != ALWAYS_MET for criterion in needs.wcag)
    return bool(needs.aoda or needs.pdfua)


def blocks(finding: Finding, policy: Policy, rules: Mapping[str, LoadedRule]) -> bool:
    """Whether the finding, were it neither known nor excused, keeps the site from being published."""
    if finding.outcome is not Outcome.FAILED:
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
