"""One fault is told once: two rules that speak of one thing are listed, with the reason why it has two faults.

The list is ``together.toml``. Each pair names an example where both are told, so the list holds nothing that is over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from audit.examination.examination import Examined, RuleOutcome, examine, examine_site, examine_source
from audit.judgement.findings import Merger
from audit.model.finding import Finding, Source, SourceKind
from audit.model.page import Page
from audit.model.site import Site
from audit.rules import load as load_rules
from audit.writing.source import SourceText
from stepfree.installation import CONTENT_RULES
from tests.rules.examples import Example

LIST = Path(__file__).with_name("together.toml")
RULES = load_rules((CONTENT_RULES,))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rules, in the order of their ids, that an example shows to speak of one thing; ``why`` these are two faults."""

    rules: tuple[str, str]
    example: str
    why: str


@cache
def listed() -> tuple[Pair, ...]:
    """The list, as it stands."""
    rows = tomllib.loads(LIST.read_text(encoding="utf-8"))["pair"]
    return tuple(Pair((row["rules"][0], row["rules"][1]), row["example"], row["why"]) for row in rows)


def assert_one_fault_once(example: Example, subject: Page | SourceText | Site) -> None:
    """What all rules say of the example of one of them: of each thing one rule speaks, or pairs that are listed."""
    told = _examined(subject)
    assert told.crashes == (), "a rule does not come to an end on the example of another one"
    found = {pair for rules in _by_place(_findings(told)) for pair in combinations(sorted(rules), 2)}
    known = {pair.rules for pair in listed()}
    assert found <= known, f"say it once (covers=…), or say in {LIST.name} why these are two faults"
    gone = {pair.rules for pair in listed() if pair.example == example.id} - found
    assert gone == set(), f"not told together any more: take it out of {LIST.name}"


def _examined(subject: Page | SourceText | Site) -> Examined:
    rules = RULES.values()
    if isinstance(subject, Page):
        return examine(subject, rules)
    return examine_source(subject, rules) if isinstance(subject, SourceText) else examine_site(subject, rules)


def _findings(told: Examined) -> tuple[Finding, ...]:
    merger = Merger(_line, RULES)
    merger.add(told.outcomes)
    return merger.findings()


def _line(outcome: RuleOutcome) -> Source | None:
    return Source(outcome.path, outcome.line, SourceKind.CONTENT) if outcome.path and outcome.line else None


def _by_place(findings: Iterable[Finding]) -> Iterator[set[str]]:
    """The rules that speak of each place: a line of a source, an element. Of a page as a whole there are many faults."""
    places: dict[object, set[str]] = {}
    for finding in findings:
        for place in _places(finding):
            places.setdefault(place, set()).add(finding.rule)
    yield from places.values()


def _places(finding: Finding) -> Iterator[object]:
    if finding.source is not None:
        yield finding.source.line
        return
    places = finding.evidence.get("places")
    if isinstance(places, list):
        yield from ((place[0], place[1]) for place in places if isinstance(place, list))
    elif finding.target is not None and finding.target.selector:
        yield finding.page, finding.target.selector
