"""Two reports side by side: what is new, fixed, unchanged, and what cannot be compared.

Findings are matched by their strict key first (same fault, same element, same evidence), then
one to one by the loose key (same rule, role and name), each as a multiset: a second equal
fault is new. A finding whose rule did not run, or whose page was not looked at on the other
side, is neither new nor fixed: nobody looked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audit.model import Finding, Json, PageState
from audit.report_model import FindingState, Report, finding_data, finding_order
from audit.reports.causes import where
from audit.reports.escaped import Piece, code, fit, words
from audit.reports.markdown import finding_lines
from audit.reports.markup import shown
from audit.reports.prose import plain
from audit.reports.sentences import count, listed, sentence

SCHEMA = "stepfree-comparison/1"


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding that stands in both reports; ``changed`` when what was measured differs."""

    base: Finding
    head: Finding

    @property
    def changed(self) -> bool:
        return self.base.evidence_digest != self.head.evidence_digest


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A finding of one side of which the other says nothing, with the reason."""

    finding: Finding
    side: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All findings of two reports, each in exactly one group, in the order of reports."""

    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    unchanged: tuple[Pair, ...]
    not_comparable: tuple[Unmatched, ...]

    @property
    def new_blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.new if finding.blocking)


def compare(base: Report, head: Report) -> Comparison:
    """What changed from ``base`` to ``head``.

    Excused findings take part as all others: an excuse does not make a fault go away.
    """
    pairs, old, new = _matched(base.findings, head.findings)
    reached_base, reached_head = _Reach(base), _Reach(head)
    apart: list[Unmatched] = []
    really_new, really_fixed = [], []
    for finding in new:
        reason = reached_base.missing(finding, "before")
        if reason is None or finding.page not in reached_base.expected:
            # A page that did not exist before is the change itself: what is wrong on it is new.
            really_new.append(finding)
        else:
            apart.append(Unmatched(finding, "head", reason))
    for finding in old:
        reason = reached_head.missing(finding, "now")
        if reason is None:
            really_fixed.append(finding)
        else:
            apart.append(Unmatched(finding, "base", reason))
    return Comparison(
        new=tuple(sorted(really_new, key=finding_order)),
        fixed=tuple(sorted(really_fixed, key=finding_order)),
        unchanged=tuple(sorted(pairs, key=lambda pair: finding_order(pair.head))),
        not_comparable=tuple(sorted(apart, key=lambda one: (one.side, finding_order(one.finding)))),
    )


class _Reach:
    """What a run looked at."""

    def __init__(self, report: Report) -> None:
        self.expected = {page.address for page in report.pages}
        self.audited = {page.address for page in report.pages if page.state is PageState.AUDITED}
        self.states = {page.address: page for page in report.pages}
        self.rules = {rule.id for rule in report.rules}
        self.crashed = {error.where for error in report.errors}

    def missing(self, finding: Finding, when: str) -> str | None:
        """Why this run says nothing of the finding; ``None`` when it looked and did not find it."""
        if self.rules and finding.rule not in self.rules:
            return f"the rule {finding.rule} did not run {when}"
        if finding.rule in self.crashed:
            return f"the rule {finding.rule} ended in an error {when}"
        if not finding.page or finding.page in self.audited:
            return None
        page = self.states.get(finding.page)
        if page is None:
            return None
        return f"the page {finding.page} was not looked at {when}: {page.reason or page.state.value}"


def _matched(base: Sequence[Finding], head: Sequence[Finding]) -> tuple[list[Pair], list[Finding], list[Finding]]:
    """Pairs by strict key, then by loose key, and what is left of either side."""
    pairs: list[Pair] = []
    old, new = sorted(base, key=finding_order), sorted(head, key=finding_order)
    keys: tuple[Callable[[Finding], str], ...] = (
        lambda finding: f"{finding.key} {finding.evidence_digest}",
        lambda finding: finding.key,
        lambda finding: f"{finding.loose_key} {finding.evidence_digest}" if finding.loose_key else "",
        lambda finding: finding.loose_key,
    )
    for key in keys:
        made, old, new = _paired(old, new, key)
        pairs.extend(made)
    return pairs, old, new


def _paired(
    old: Sequence[Finding], new: Sequence[Finding], key: Callable[[Finding], str]
) -> tuple[list[Pair], list[Finding], list[Finding]]:
    waiting: dict[str, list[Finding]] = defaultdict(list)
    for finding in reversed(old):
        waiting[key(finding)].append(finding)
    pairs, left = [], []
    used: set[int] = set()
    for finding in new:
        same = waiting.get(key(finding)) if key(finding) else None
        if same:
            partner = same.pop()
            used.add(id(partner))
            pairs.append(Pair(partner, finding))
        else:
            left.append(finding)
    return pairs, [finding for finding in old if id(finding) not in used], left


def summary(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    parts = [
        f"{count(len(comparison.new), 'new finding')}"
        + (f" ({count(len(comparison.new_blocking), 'blocks', 'block')})" if comparison.new_blocking else ""),
        f"{count(len(comparison.fixed), 'fixed', 'fixed')}",
        f"{count(len(comparison.unchanged), 'unchanged', 'unchanged')}",
    ]
    if comparison.not_comparable:
        parts.append(count(len(comparison.not_comparable), "not comparable", "not comparable"))
    return sentence(listed(parts)) + "."


def as_text(comparison: Comparison) -> str:
    """For a terminal: one line for each finding that is new, fixed or not comparable."""
    lines = [
        *(f"+ {_line(finding)}" for finding in comparison.new),
        *(f"- {_line(finding)}" for finding in comparison.fixed),
        *(f"? {_line(one.finding)} ({_clean(one.reason)})" for one in comparison.not_comparable),
    ]
    if lines:
        lines.append("")
    return "\n".join((*lines, summary(comparison))) + "\n"


def as_markdown(comparison: Comparison, limit: int = 1_000_000) -> str:
    """For a summary: new first, then fixed, then what cannot be compared; below ``limit`` bytes."""
    body = [Piece("\n## New\n\n")] if comparison.new else []
    body.extend(
        Piece(f"{code(finding.source.path if finding.source else finding.page)}\n\n{finding_lines(finding)}\n", 1)
        for finding in comparison.new
    )
    body.extend(_section("Fixed", comparison.fixed))
    if comparison.not_comparable:
        body.append(Piece("\n## Not comparable\n\n"))
        body.extend(
            Piece(f"- {code(where(one.finding))}: {words(one.finding.title)} ({words(one.reason)})\n", 1)
            for one in comparison.not_comparable
        )
    head = ["# What changed\n\n", f"{words(summary(comparison))}\n"]
    return fit(head, body, (), limit, "The rest is in the comparison as JSON.")


def as_json(comparison: Comparison) -> bytes:
    """The groups with whole findings, for other programs."""
    data: dict[str, Json] = {
        "schema": SCHEMA,
        "summary": {
            "new": len(comparison.new),
            "new_blocking": len(comparison.new_blocking),
            "fixed": len(comparison.fixed),
            "unchanged": len(comparison.unchanged),
            "not_comparable": len(comparison.not_comparable),
        },
        "new": [finding_data(finding) for finding in comparison.new],
        "fixed": [finding_data(finding) for finding in comparison.fixed],
        "unchanged": [
            {"changed": pair.changed, "base_key": pair.base.key, "finding": finding_data(pair.head)}
            for pair in comparison.unchanged
        ],
        "not_comparable": [
            {"side": one.side, "reason": one.reason, "finding": finding_data(one.finding)}
            for one in comparison.not_comparable
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _section(heading: str, findings: Iterable[Finding]) -> list[Piece]:
    pieces = [Piece(f"- {code(where(finding))}: {words(finding.title)}\n", 1) for finding in findings]
    return [Piece(f"\n## {heading}\n\n"), *pieces] if pieces else []


def _line(finding: Finding) -> str:
    mark = " [excused]" if finding.state == FindingState.EXCUSED else ""
    return _clean(f"{where(finding)} {finding.rule} {plain(finding.message) or finding.title}{mark}")


def _clean(text: str) -> str:
    return " ".join(shown(text).split())
