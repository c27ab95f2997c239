"""What a change does: new, gone and unchanged findings, and what cannot be compared.

Findings are paired by :mod:`audit.judgement.matching`. Nothing is called gone that was not looked at,
and nothing is called new that the base could not have found: a page that was not audited, or
a rule that did not run, makes a finding *not comparable*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from audit.errors import ExitCode
from audit.judgement import matching
from audit.judgement.baseline import spread_of
from audit.model.finding import APART, Finding, PageState
from audit.model.report import Report


@dataclass(frozen=True, slots=True)
class NotComparable:
    """A finding of one side that the other could not have had, and why."""

    finding: Finding
    side: str
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The four groups. ``unchanged`` holds the findings as they are in the head."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    not_comparable: tuple[NotComparable, ...]
    incomplete: bool

    @property
    def exit_code(self) -> ExitCode:
        """4 when the head was not audited as a whole, 1 when something new blocks."""
        if self.incomplete:
            return ExitCode.INCOMPLETE
        return ExitCode.BLOCKING_FINDINGS if any(each.blocking for each in self.new) else ExitCode.NOTHING_BLOCKS


def compare(base: Report, head: Report) -> Comparison:
    """The difference of two reports of one site, ``base`` being the earlier one."""
    before = [each for each in base.findings if each.state not in APART]
    after = [each for each in head.findings if each.state not in APART]
    matches = matching.match(before, after)
    excused = {each.key for each in head.findings if each.state in APART}
    new: list[Finding] = []
    gone: list[Finding] = []
    other: list[NotComparable] = []
    unchanged: list[Finding] = []
    for old, finding, _ in matches.pairs:
        unchanged.append(finding)
        # Without a source, a finding is an element on so many pages: more pages are new faults. So are more places of a document.
        spread = tuple(sorted(set(spread_of(finding)) - set(spread_of(old) or spread_of(finding)[:1])))
        if finding.source is None and spread:
            pages = tuple(page for page in finding.pages if page in {spot.split(" (")[0] for spot in spread})
            new.append(replace(finding, page=pages[0], pages=pages, count=len(spread)))
        elif spread:
            new.append(replace(finding, count=len(spread)))
    for finding in matches.new:
        reason = _unseen(finding, base)
        if reason:
            other.append(NotComparable(finding, "head", reason))
        else:
            new.append(finding)
    for finding in matches.gone:
        if finding.key in excused:
            continue
        reason = _unseen(finding, head)
        if reason:
            other.append(NotComparable(finding, "base", reason))
        else:
            gone.append(finding)
    return Comparison(tuple(new), tuple(gone), tuple(unchanged), tuple(other), head.exit_code is ExitCode.INCOMPLETE)


def _unseen(finding: Finding, other: Report) -> str | None:
    """Why the other report could not have had the finding; ``None`` when it could."""
    rules = {rule.id for rule in other.rules}
    if rules and finding.rule not in rules and not any(each.rule == finding.rule for each in other.findings):
        return f"The rule {finding.rule} did not run there."
    states = {page.address: page for page in other.pages}
    missed = [states[page] for page in (finding.pages or (finding.page,)) if page in states]
    for page in missed:
        if page.state is not PageState.AUDITED:
            return f"{page.address} was not audited there: {page.reason or 'no reason given'}"
    return None
