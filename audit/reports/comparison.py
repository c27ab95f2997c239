"""A comparison for people: what is new, fixed, unchanged, not comparable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit.judgement.comparison import Comparison
from audit.model.finding import Finding, Json
from audit.reports.causes import where
from audit.reports.codec import encode
from audit.reports.escaped import Piece, code, fit, words
from audit.reports.markdown import finding_lines
from audit.reports.markup import shown
from audit.reports.sentences import count, listed, number, sentence
from audit.reports.terminal import line

SCHEMA = "stepfree-comparison/1"

_INCOMPLETE = "The later audit is incomplete, so it says nothing about the whole."


def summary(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    blocking = sum(finding.blocking for finding in comparison.new)
    parts = [
        f"{_many(comparison.new)} new" + (f" ({count(blocking, 'blocks', 'block')})" if blocking else ""),
        f"{_many(comparison.gone)} fixed",
        f"{_many(comparison.unchanged)} unchanged",
    ]
    if comparison.not_comparable:
        parts.append(f"{number(len(comparison.not_comparable))} not comparable")
    return sentence(listed(parts)) + "."


def as_text(comparison: Comparison) -> str:
    """For a terminal: what is new first, then what cannot be compared, then what is fixed."""
    lines = [*_group("New", comparison.new)]
    if comparison.not_comparable:
        lines.append(f"Not comparable ({len(comparison.not_comparable)})")
        for one in comparison.not_comparable:
            lines += [f"  {line(one.finding).plain}", f"    {shown(one.reason)}"]
        lines.append("")
    lines += [*_group("Fixed", comparison.gone), summary(comparison)]
    if comparison.incomplete:
        lines.append(_INCOMPLETE)
    return "\n".join(lines)


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
        head.append(f"\n{_INCOMPLETE}\n")
    return fit(head, body, (), limit, "The rest is in the comparison as JSON.")


def _many(findings: Sequence[Finding]) -> str:
    return number(len(findings)) if findings else "none"


def _section(heading: str, findings: Iterable[Finding]) -> list[Piece]:
    pieces = [Piece(f"- {code(where(finding))}: {words(finding.title)}\n", 1) for finding in findings]
    return [Piece(f"\n## {heading}\n\n"), *pieces] if pieces else []


def _group(title: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    return [f"{title} ({len(findings)})", *(f"  {line(finding).plain}" for finding in findings), ""]


def to_data(comparison: Comparison) -> Mapping[str, Json]:
    """The comparison as plain data."""
    return {
        "schema": SCHEMA,
        "summary": {
            "new": len(comparison.new),
            "gone": len(comparison.gone),
            "unchanged": len(comparison.unchanged),
            "not_comparable": len(comparison.not_comparable),
            "blocking": sum(each.blocking for each in comparison.new),
            "incomplete": comparison.incomplete,
        },
        "new": [encode(each) for each in comparison.new],
        "gone": [encode(each) for each in comparison.gone],
        "unchanged": [encode(each) for each in comparison.unchanged],
        "not_comparable": [
            {"side": each.side, "reason": each.reason, "finding": encode(each.finding)}
            for each in comparison.not_comparable
        ],
    }
