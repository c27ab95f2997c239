"""Which rules ran, and where each was passed or did not apply: for the report's table and for EARL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from audit.examination.axe.catalogue import AxeRule
from audit.examination.examination import Examined
from audit.judgement.policy import Policy, asked_for
from audit.model.report import RuleResult
from audit.rules import LoadedRule
from audit.standards import profiles


@dataclass
class Tally:
    """Fills while pages come back. Lists hold addresses, which are shared, not copied."""

    passed: dict[str, list[str]] = field(default_factory=dict)
    inapplicable: dict[str, list[str]] = field(default_factory=dict)
    axe: set[str] = field(default_factory=set)

    def add(self, address: str, examined: Examined, axe_rules: Iterable[str]) -> None:
        """One page."""
        self.axe.update(axe_rules)
        for rule in examined.passed:
            self.passed.setdefault(rule, []).append(address)
        for rule in examined.inapplicable:
            self.inapplicable.setdefault(rule, []).append(address)

    def add_site(self, examined: Examined, pages: Iterable[str]) -> None:
        """Rules about the site as a whole: what they say holds for all its pages."""
        addresses = list(pages)
        for rule in examined.passed:
            self.passed.setdefault(rule, []).extend(addresses)
        for rule in examined.inapplicable:
            self.inapplicable.setdefault(rule, []).extend(addresses)

    def results(
        self, rules: Mapping[str, LoadedRule], policy: Policy, axe: Mapping[str, AxeRule]
    ) -> tuple[RuleResult, ...]:
        """One entry for each rule of the profile that was to run. ``axe``: the catalogue of axe-core's."""
        found = [self._own(rule) for rule in rules.values() if _wanted(rule, policy)]
        for identifier in sorted(self.axe):
            rule = axe.get(identifier)
            if rule is None or (policy.only and identifier not in policy.only):
                continue
            if asked_for(rule.requirements, policy):
                found.append(
                    RuleResult(
                        id=identifier,
                        title=rule.title,
                        engine="axe-core",
                        family="page",
                        fixer=rule.fixer,
                        requirements=rule.requirements,
                        best_practice=rule.best_practice,
                        help_url=rule.help_url,
                        passed=tuple(sorted(self.passed.get(identifier, ()))),
                    )
                )
        return tuple(found)

    def _own(self, rule: LoadedRule) -> RuleResult:
        return RuleResult(
            id=rule.id,
            title=rule.rule.title,
            engine="stepfree",
            family=rule.rule.family.value,
            fixer=rule.rule.fixer,
            requirements=rule.rule.requirements,
            best_practice=rule.rule.best_practice,
            passed=tuple(sorted(self.passed.get(rule.id, ()))),
            inapplicable=tuple(sorted(self.inapplicable.get(rule.id, ()))),
        )


def _wanted(rule: LoadedRule, policy: Policy) -> bool:
    # The law's duties are asked about whatever the profile, but for what only ought to be so.
    best_practice = rule.rule.best_practice and not profiles()[policy.profile].best_practices
    return not best_practice and asked_for(rule.rule.requirements, policy)
