"""Scoring on the barriers that the Government Digital Service planted in one page each.

A finding on a page is not a finding of its barrier: which rules are *about* a barrier was
judged by reading, and stands in ``govuk_judged.toml`` (barrier → ids of rules).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.detection.act import Said

#: A link to a page that holds the barrier in its place.
_EXAMPLE = re.compile(r'<a\b[^>]*href="\.\./example-pages/([\w.-]+\.html)"', re.IGNORECASE)

JUDGED = Path(__file__).with_name("govuk_judged.toml")


@dataclass(frozen=True, slots=True)
class Barrier:
    """One planted barrier and its pages (the page itself and pages that it only links to)."""

    category: str
    name: str
    page: str
    linked: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The page, and the example pages that it only links to."""
        return tuple("/" + page for page in (self.page, *self.linked))


@dataclass(frozen=True, slots=True)
class BarrierScore:
    """``found``: ``failed``, ``asked`` or ``missed``; ``by``: the rules; ``others``: what else was said."""

    barrier: Barrier
    found: str
    by: tuple[str, ...]
    others: tuple[Said, ...]


def load_barriers(corpus: Path) -> list[Barrier]:
    """All barriers, in a stable order."""
    data = json.loads((corpus / "barriers.json").read_text(encoding="utf-8"))
    barriers = [
        Barrier(row["category"], row["barrier"], row["page"], _linked(corpus, row["page"]))
        for row in data
        if (corpus / row["page"]).exists()
    ]
    return sorted(barriers, key=lambda barrier: barrier.page)


def _linked(corpus: Path, page: str) -> tuple[str, ...]:
    markup = (corpus / page).read_text(encoding="utf-8", errors="replace")
    return tuple(f"example-pages/{name}" for name in sorted(set(_EXAMPLE.findall(markup))))


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
        here = [one for address in barrier.addresses for one in said.get(address, [])]
        failing = sorted({one.procedure for one in here if one.outcome == "failed"} & about)
        asking = sorted({one.procedure for one in here if one.outcome == "cantTell"} & about)
        others = tuple(one for one in here if one.procedure not in about)
        found = "failed" if failing else "asked" if asking else "missed"
        scores.append(BarrierScore(barrier, found, tuple(failing or asking), others))
    return scores
