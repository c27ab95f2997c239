"""What stays in the list of known faults, and what may come into it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.errors import AuditIncomplete, UsageError
from audit.judgement.baseline import Known, eligible, entry_of
from audit.judgement.matching import match
from audit.model.finding import APART, Family, Finding
from audit.model.report import Report, Verdict
from audit.settings.nearest import did_you_mean


def _facts(report: Report) -> list[Finding]:
    return [each for each in report.findings if eligible(each) and each.state not in APART]


def started(report: Report) -> tuple[Known, ...]:
    """Every blocking fault of a report, but for what the law demands: that cannot be known and left.

    Raises:
        AuditIncomplete: the report does not speak of the whole site.
    """
    if report.verdict is Verdict.INCOMPLETE:
        raise AuditIncomplete("The report is incomplete: a list made from it would be so too.", "Audit again first.")
    duties = {rule.id for rule in report.rules if rule.family == Family.DUTIES and not rule.best_practice}
    return tuple(entry_of(each) for each in _facts(report) if each.blocking and each.rule not in duties)


def kept(report: Report, known: Sequence[Known]) -> tuple[Known, ...]:
    """The entries that still match, as they are now; all others too while the report is incomplete."""
    facts = _facts(report)
    matches = match(known, facts)
    still = [entry_of(finding) for _, finding, _ in matches.pairs]
    # A rule that did not run, or a page that was not opened, says nothing about an entry.
    ran = {rule.id for rule in report.rules}
    unchecked = report.verdict is Verdict.INCOMPLETE
    return (*still, *(entry for entry in matches.gone if unchecked or (ran and entry.rule not in ran)))


def added(report: Report, entries: Sequence[Known], keys: Sequence[str]) -> tuple[Known, ...]:
    """The entries, and the findings with these keys.

    Raises:
        UsageError: there is no fault with such a key.
    """
    facts = {each.key: each for each in _facts(report)}
    for key in keys:
        if key not in facts:
            raise UsageError(f"The report has no fault with the key {key}.", did_you_mean(key, facts) or None)
    there = {entry.key for entry in entries}
    return (*entries, *(entry_of(facts[key]) for key in dict.fromkeys(keys) if key not in there))
