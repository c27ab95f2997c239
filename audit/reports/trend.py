"""Kept reports of one site in a row: what was found each time, and how often each rule found something.

A report says nothing of its day, so that the same site gives the same bytes. When it was made is read from where
it is kept: a day in the name of its file or of a folder above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from audit.errors import UsageError
from audit.model.finding import APART
from audit.model.report import Report, Verdict
from audit.reports.html import framed
from audit.reports.markup import shown, table, text, typed
from audit.reports.sentences import count, listed, number, profile, sentence, shares

_DAY = re.compile(r"(?<!\d)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")
#: Reports beside each other on a terminal; a page shows all.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One report. ``when``: the day in the name of its file or folder, or that name; ``rules``: findings by rule,
    those that are excused left out.
    """

    when: str
    report: Report
    rules: Counter[str] = field(default_factory=Counter)

    @property
    def numbers(self) -> tuple[int, ...]:
        """As :data:`COLUMNS` names them."""
        share, summary = shares(self.report.findings), self.report.summary
        groups = (share.blocking, share.other, share.questions, share.known, share.excused)
        return (*map(len, groups), summary.audited, summary.not_audited)

    @property
    def complete(self) -> bool:
        """Whether everything was looked at, so that its numbers are those of the site."""
        return self.report.verdict in {Verdict.CLEAR, Verdict.BLOCKED} and not self.report.narrowed


COLUMNS = (
    "Block publishing", "Other problems", "Questions", "Known before", "Excused", "Checked", "Not checked",
)  # fmt: skip


def trend(reports: Iterable[tuple[str, Report]]) -> tuple[Point, ...]:
    """Reports with the paths where they are kept, in the order of their days; those of one day in the order of paths.

    Raises:
        UsageError: there is none, or they are of several sites.
    """
    points, first = [], None
    for path, report in sorted(reports, key=lambda each: (_when(each[0]), each[0])):
        first = first or (path, report)
        if report.target != first[1].target:
            raise UsageError(
                f"{first[0]} is about {first[1].target}, and {path} about {report.target}.",
                "A trend is about one site: name the reports of one.",
            )
        rules = Counter(each.rule for each in report.findings if each.state not in APART)
        points.append(Point(_when(path), report, rules))
    if not points:
        raise UsageError(
            "There is no report.", "Name the report.json of some runs, or a folder in which they are kept."
        )
    return tuple(points)


def _when(path: str) -> str:
    """The last day in a path; without one, the name of the file, or of its folder if that is a ``report.json``."""
    days = _DAY.findall(path)
    if days:
        return str(days[-1])
    pure = PurePath(path)
    return pure.parent.name if pure.name == "report.json" and pure.parent.name else pure.stem


def told(points: Sequence[Point]) -> str:
    """From the first report to the last, in a sentence or two."""
    first, last = points[0], points[-1]
    said = [f"{count(len(points), 'report')} of {last.report.target}."]
    if len(points) > 1:
        before, now = (sum(each.rules.values()) for each in (first, last))
        said.append(
            f"{count(before, 'problem or question', 'problems and questions')} on {first.when},"
            f" {number(now) if now else 'none'} on {last.when}."
        )
    partial = [each.when for each in points if not each.complete]
    if partial:
        said.append(f"Not everything was looked at on {listed(partial)}, so those numbers are too small.")
    profiles = list(dict.fromkeys(profile(each.report.profile) for each in points))
    if len(profiles) > 1:
        said.append(f"The reports were made against {listed(profiles)}, so their numbers mean different things.")
    return " ".join(map(sentence, said))


def _rules(points: Sequence[Point]) -> list[tuple[str, list[int]]]:
    """Each rule with its numbers: those that find most at the end first."""
    found = {
        rule: [each.rules[rule] for each in points] for rule in sorted(set().union(*(each.rules for each in points)))
    }
    return sorted(found.items(), key=lambda each: (-each[1][-1], -max(each[1]), each[0]))


def as_text(points: Sequence[Point]) -> str:
    """For a terminal: a table of the reports, and one of the rules in the last :data:`SHOWN` of them."""
    rows = [["", *COLUMNS], *([shown(each.when), *map(str, each.numbers)] for each in points)]
    lines = [shown(told(points)), "", *_columns(rows)]
    last = points[-SHOWN:]
    rules = [[rule, *map(str, numbers)] for rule, numbers in _rules(last)]
    if rules:
        lines += ["", *_columns([["Findings of each rule", *(shown(each.when) for each in last)], *rules])]
    return "\n".join(lines)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a table below each other: the first cell at the left, numbers at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]  # fmt: skip


def as_html(points: Sequence[Point]) -> str:
    """As a page, with all reports."""
    reports = table(
        "What each report says",
        ("Report", *(f"{name}#" for name in COLUMNS)),
        (_row(text(each.when), each.numbers) for each in points),
        "wide numbers",
    )
    rules = table(
        "Findings of each rule",
        ("Rule", *(f"{each.when}#" for each in points)),
        (_row(typed(rule), numbers) for rule, numbers in _rules(points)),
        "wide" if len(points) > 3 else "",
    )
    scrolled = "".join(
        f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">{inner}</div>\n'
        for name, inner in (("What each report says", reports), ("Findings of each rule", rules))
    )
    target = points[-1].report.target
    return framed(f"Accessibility trend: {target}", "Accessibility trend", text(told(points)), scrolled)


def _row(name: str, numbers: Iterable[int]) -> str:
    cells = "".join(f'<td class="number">{each:,}</td>' for each in numbers)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
