"""Scoring on the barriers that the Government Digital Service planted in one page each.

A finding on a page is not a finding of its barrier: which rules are *about* a barrier was
judged by reading, and stands in ``govuk_judged.toml`` (barrier → ids of rules).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.detection.act import Said

JUDGED = Path(__file__).with_name("govuk_judged.toml")


@dataclass(frozen=True, slots=True)
class Barrier:
    """One planted barrier and its pages (the page itself and pages that it only links to)."""

    category: str
    name: str
    page: str

    @property
    def address(self) -> str:
        return "/" + self.page


@dataclass(frozen=True, slots=True)
class BarrierScore:
    """``found``: ``failed``, ``asked`` or ``missed``; ``by``: the rules; ``others``: what else was said."""

    barrier: Barrier
    found: str
    by: tuple[str, ...]
    others: tuple[str, ...]


def load_barriers(corpus: Path) -> list[Barrier]:
    """All barriers, in a stable order."""
    data = json.loads((corpus / "barriers.json").read_text(encoding="utf-8"))
    return sorted((Barrier(row["category"], row["barrier"], row["page"]) for row in data), key=lambda b: b.page)


def judged_rules(file: Path = JUDGED) -> Mapping[str, tuple[str, ...]]:
    """For each barrier the rules whose findings are about it."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {barrier: tuple(rules) for barrier, rules in table["barriers"].items()}


def score(
    barriers: list[Barrier], said: Mapping[str, list[Said]], judged: Mapping[str, tuple[str, ...]]
) -> list[BarrierScore]:
    """One score for each barrier."""
    scores = []
    for barrier in barriers:
        about = set(judged.get(barrier.name, ()))
        here = said.get(barrier.address, [])
        failing = sorted({one.procedure for one in here if one.outcome == "failed"} & about)
        asking = sorted({one.procedure for one in here if one.outcome == "cantTell"} & about)
        others = sorted({f"{one.procedure} ({one.outcome})" for one in here if one.procedure not in about})
        found = "failed" if failing else "asked" if asking else "missed"
        scores.append(BarrierScore(barrier, found, tuple(failing or asking), tuple(others)))
    return scores
