"""Scoring on the W3C ACT test cases, by the method of the W3C's own implementation reports.

A procedure (one rule of ours, or one of axe-core that we report) is *consistent* with an
ACT rule when it reports ``failed`` on none of its passed and inapplicable cases and on at
least one of its failed cases. The ACT rule is *complete* when its consistent procedures
together report every failed case, *partial* when they report some.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: Where the pages expect to be served.
MOUNT = "/WAI/content-assets/wcag-act-rules/"


@dataclass(frozen=True, slots=True)
class Case:
    """One test case: a page, and what the ACT rule says of it."""

    rule: str
    rule_name: str
    expected: str
    path: str
    primary: frozenset[str]
    allowed: frozenset[str]

    @property
    def address(self) -> str:
        return MOUNT + self.path


@dataclass(frozen=True, slots=True)
class Said:
    """What a procedure said of a page. ``acts``: the ACT rules that it declares."""

    procedure: str
    outcome: str
    acts: frozenset[str]
    wcag: frozenset[str]
    message: str
    place: str = ""
    html: str = ""


@dataclass
class Score:
    """The result for one ACT rule."""

    rule: str
    name: str
    failed_cases: int = 0
    caught: int = 0
    asked: int = 0
    status: str = "none"
    consistent: list[str] = field(default_factory=list)
    false: list[tuple[Case, Said]] = field(default_factory=list)
    missed: list[Case] = field(default_factory=list)
    undeclared: list[str] = field(default_factory=list)
    mapping: list[str] = field(default_factory=list)
    silent_cases: int = 0
    false_cases: int = 0


def _criteria(requirements: Mapping[str, Mapping[str, object]]) -> tuple[frozenset[str], frozenset[str]]:
    """Primary criteria, and all that may be reported (primary and secondary)."""
    primary, allowed = set(), set()
    for key, value in requirements.items():
        if key.startswith("wcag") and not key.startswith("wcag-"):
            number = key.split(":", 1)[1]
            allowed.add(number)
            if "secondary" not in value:
                primary.add(number)
    return frozenset(primary), frozenset(allowed)


def load_cases(corpus: Path) -> list[Case]:
    """All cases whose page is in the corpus, in a stable order."""
    data = json.loads((corpus / "testcases.json").read_text(encoding="utf-8"))
    cases = {
        (entry["ruleId"], entry["relativePath"]): Case(
            entry["ruleId"],
            entry["ruleName"],
            entry["expected"],
            entry["relativePath"],
            *_criteria(entry["ruleAccessibilityRequirements"] or {}),
        )
        for entry in data["testcases"]
        if (corpus / entry["relativePath"]).exists()
    }
    return [cases[key] for key in sorted(cases)]


def score(cases: Iterable[Case], said: Mapping[str, list[Said]]) -> list[Score]:
    """One score for each ACT rule. ``said`` maps the address of a page to what was reported on it."""
    by_rule: dict[str, list[Case]] = {}
    for case in cases:
        by_rule.setdefault(case.rule, []).append(case)
    return [_score_rule(rule, group, said) for rule, group in sorted(by_rule.items())]


def _score_rule(rule: str, cases: list[Case], said: Mapping[str, list[Said]]) -> Score:
    result = Score(rule, cases[0].rule_name)
    positives = [case for case in cases if case.expected == "failed"]
    negatives = [case for case in cases if case.expected != "failed"]
    result.failed_cases, result.silent_cases = len(positives), len(negatives)

    def failing(case: Case) -> list[Said]:
        return [one for one in said.get(case.address, []) if one.outcome == "failed"]

    hits: dict[str, set[str]] = {}
    wrong: set[str] = set()
    declared: set[str] = set()
    for case in cases:
        for one in failing(case):
            if rule in one.acts:
                declared.add(one.procedure)
                if case in negatives:
                    result.false.append((case, one))
            if case in negatives:
                wrong.add(one.procedure)
            else:
                hits.setdefault(one.procedure, set()).add(case.path)
    result.false_cases = len({case.path for case, _ in result.false})
    consistent = {name for name in hits if name not in wrong}
    result.undeclared = sorted(consistent - declared)
    result.consistent = sorted(consistent & declared)
    caught = set().union(*(hits[name] for name in result.consistent)) if result.consistent else set()
    result.caught = len(caught)
    result.mapping = _mapping(cases[0], rule, result.consistent, said, positives)
    for case in positives:
        if case.path in caught:
            continue
        asks = any(one.outcome == "cantTell" and rule in one.acts for one in said.get(case.address, []))
        result.asked += asks
        result.missed.append(case)
    if result.consistent:
        whole = result.caught == len(positives) and not result.mapping
        result.status = "complete" if whole else "partial"
    elif declared:
        result.status = "inconsistent"
    return result


def _mapping(
    case: Case, rule: str, consistent: list[str], said: Mapping[str, list[Said]], positives: list[Case]
) -> list[str]:
    """What is wrong with the criteria that the consistent procedures report for the ACT rule.

    They must name every primary criterion, and none that is neither primary nor secondary.
    """
    reported: set[str] = set()
    wrong = []
    for name in consistent:
        own = {
            number
            for positive in positives
            for one in said.get(positive.address, [])
            if one.procedure == name and one.outcome == "failed" and rule in one.acts
            for number in one.wcag
        }
        reported |= own
        if own - case.allowed:
            wrong.append(f"{name} reports {', '.join(sorted(own - case.allowed))}, which the ACT rule does not name")
    if consistent and case.primary - reported:
        wrong.append(f"no consistent procedure reports {', '.join(sorted(case.primary - reported))}")
    return wrong
