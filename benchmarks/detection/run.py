"""All rules over the captures: what every page was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audit.examination.examination import RuleOutcome, examine
from audit.rules import load
from benchmarks.detection.act import Said
from benchmarks.detection.captures import Captures, Sheet


@dataclass
class Told:
    """What was said of the pages, by address; what could not be looked at, and rules that crashed."""

    said: dict[str, list[Said]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    untested: dict[str, set[str]] = field(default_factory=dict)
    stale: int = 0


def procedure(outcome: RuleOutcome) -> str:
    """The name under which a rule is judged: axe-core's rules are told apart from ours."""
    return f"axe:{outcome.rule}" if outcome.engine == "axe-core" else outcome.rule


def as_said(outcome: RuleOutcome) -> Said:
    """The part of an outcome that is judged."""
    return Said(
        procedure=procedure(outcome),
        outcome=outcome.outcome.value,
        acts=frozenset(outcome.requirements.act),
        wcag=frozenset(outcome.requirements.wcag),
        message=outcome.message or outcome.title,
        place=outcome.target.selector if outcome.target else "",
        html=outcome.target.html if outcome.target else "",
    )


def tell(sheets: Iterable[Sheet], folder: Path, *, axe_only: bool = False) -> Told:
    """Examine every capture with all rules of the page families and axe-core's results."""
    rules = () if axe_only else tuple(load().values())
    captures = Captures(folder)
    told = Told()
    for sheet in sheets:
        kept = captures.get(sheet)
        told.stale += not kept.fresh
        if kept.page is None:
            told.problems.append(kept.problem or "")
            continue
        examined = examine(kept.page, rules)
        told.said[sheet.address] = [as_said(outcome) for outcome in examined.outcomes]
        told.problems.extend(f"{sheet.address}: {crash.sentence}" for crash in examined.crashes)
        for rule in examined.untested:
            told.untested.setdefault(rule, set()).add(sheet.address)
    return told


def said_of(told: Mapping[str, list[Said]], addresses: Iterable[str]) -> list[Said]:
    """What was said of several pages together."""
    return [one for address in addresses for one in told.get(address, [])]
