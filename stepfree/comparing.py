"""A comparison of two reports in words."""

from __future__ import annotations

from collections.abc import Iterator

from audit.compare import Comparison
from audit.model import Finding
from audit.reports.terminal import line


def lines(comparison: Comparison) -> Iterator[str]:
    """The lines to print: what is new first, then what could not be compared, then what is mended."""
    yield from _group("New", comparison.new)
    if comparison.not_comparable:
        yield f"Not comparable ({len(comparison.not_comparable)})"
        for each in comparison.not_comparable:
            yield f"  {line(each.finding).plain}"
            yield f"    {each.reason}"
        yield ""
    yield from _group("Mended", comparison.gone)
    yield (
        f"{len(comparison.new)} new, {len(comparison.gone)} mended, {len(comparison.unchanged)} unchanged, "
        f"{len(comparison.not_comparable)} not comparable."
    )
    if comparison.incomplete:
        yield "The later audit is incomplete, so it says nothing about the whole."


def _group(title: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings:
        yield f"{title} ({len(findings)})"
        for finding in findings:
            yield f"  {line(finding).plain}"
        yield ""
