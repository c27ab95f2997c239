"""A comparison for people and programs: what is new, fixed, unchanged, not comparable."""

from __future__ import annotations

import json
from collections.abc import Iterable

from audit.compare import Comparison, to_data
from audit.model import Finding
from audit.reports.causes import where
from audit.reports.escaped import Piece, code, fit, words
from audit.reports.markdown import finding_lines
from audit.reports.markup import shown
from audit.reports.prose import plain
from audit.reports.sentences import count, listed, sentence


def summary(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    blocking = sum(finding.blocking for finding in comparison.new)
    parts = [
        f"{count(len(comparison.new), 'new finding')}"
        + (f" ({count(blocking, 'blocks', 'block')})" if blocking else ""),
        f"{count(len(comparison.gone), 'fixed', 'fixed')}",
        f"{count(len(comparison.unchanged), 'unchanged', 'unchanged')}",
    ]
    if comparison.not_comparable:
        parts.append(count(len(comparison.not_comparable), "not comparable", "not comparable"))
    return sentence(listed(parts)) + "."


def as_text(comparison: Comparison) -> str:
    """For a terminal: one line for each finding that is new, fixed or not comparable."""
    lines = [
        *(f"+ {_line(finding)}" for finding in comparison.new),
        *(f"- {_line(finding)}" for finding in comparison.gone),
        *(f"? {_line(one.finding)} ({_clean(one.reason)})" for one in comparison.not_comparable),
    ]
    if lines:
        lines.append("")
    return "\n".join((*lines, summary(comparison))) + "\n"


def as_markdown(comparison: Comparison, limit: int = 1_000_000, rules_address: str | None = None) -> str:
    """For a summary: new first, then fixed, then what cannot be compared; below ``limit`` bytes."""
    body = [Piece("\n## New\n\n")] if comparison.new else []
    body.extend(
        Piece(
            f"{code(finding.source.path if finding.source else finding.page)}\n\n{finding_lines(finding, rules_address)}\n",
            1,
        )
        for finding in comparison.new
    )
    body.extend(_section("Fixed", comparison.gone))
    if comparison.not_comparable:
        body.append(Piece("\n## Not comparable\n\n"))
        body.extend(
            Piece(f"- {code(where(one.finding))}: {words(one.finding.title)} ({words(one.reason)})\n", 1)
            for one in comparison.not_comparable
        )
    head = ["# What changed\n\n", f"{words(summary(comparison))}\n"]
    if comparison.incomplete:
        head.append("\nThe later audit is incomplete, so it says nothing about the whole.\n")
    return fit(head, body, (), limit, "The rest is in the comparison as JSON.")


def as_json(comparison: Comparison) -> bytes:
    """The groups with whole findings, for other programs."""
    text = json.dumps(to_data(comparison), ensure_ascii=False, indent=2, default=dict)
    return text.encode("utf-8", "replace") + b"\n"


def _section(heading: str, findings: Iterable[Finding]) -> list[Piece]:
    pieces = [Piece(f"- {code(where(finding))}: {words(finding.title)}\n", 1) for finding in findings]
    return [Piece(f"\n## {heading}\n\n"), *pieces] if pieces else []


def _line(finding: Finding) -> str:
    return _clean(f"{where(finding)} {finding.rule} {plain(finding.message) or finding.title}")


def _clean(text: str) -> str:
    return " ".join(shown(text).split())
