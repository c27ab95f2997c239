"""The report: the one value from which every format is made.

``report.json`` is this value and nothing else; ``audit.reports`` writes and reads it. The order is fixed and nothing in it depends on the
day, the machine or the number of workers, so the same site gives the same bytes apart from
the block ``tool``. The schema is ``docs/schemas/report.schema.json``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import zip_longest

from audit.errors import ExitCode
from audit.model.finding import APART, Finding, FindingState, Fixer, Outcome, PageResult, PageState, Requirements


class Coverage(StrEnum):
    """How far the rules of this run can judge a success criterion."""

    AUTOMATIC = "automatic"
    PARTLY = "partly"
    PERSON = "person"


class Verdict(StrEnum):
    """What a run comes to; see :meth:`Report.exit_code`."""

    CLEAR = "clear"
    BLOCKED = "blocked"
    INCOMPLETE = "incomplete"
    NOTHING = "nothing audited"


@dataclass(frozen=True, slots=True)
class RunError:
    """Something that should have been looked at and was not. Never a fault of the page.

    ``where`` is a page address, a file or a rule id; ``sentence`` what happened.
    """

    where: str
    sentence: str
    kind: str = "page"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What became of one rule over the whole run.

    ``passed`` and ``inapplicable`` are the addresses of pages; pages with findings of the
    rule are those of the findings. A page named nowhere was not tested by the rule.
    """

    id: str
    title: str
    engine: str = "stepfree"
    family: str = "page"
    fixer: Fixer = Fixer.AUTHOR
    requirements: Requirements = field(default_factory=Requirements)
    best_practice: bool = False
    help_url: str | None = None
    passed: tuple[str, ...] = ()
    inapplicable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A success criterion over the whole run (roll-up of WCAG-EM and ACT).

    ``outcome`` is never ``passed`` where ``coverage`` is not automatic: then a person has to
    confirm (``cantTell``). ``left`` says what a person still has to look at.
    """

    id: str
    name: str
    level: str
    introduced: str
    in_aoda: bool
    outcome: Outcome
    coverage: Coverage
    failed: int = 0
    questions: int = 0
    rules: tuple[str, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts. Findings that are excused, known or in somebody else's region (``theirs``) are counted apart, never among
    ``blocking``.
    """

    audited: int
    not_audited: int
    excluded: int
    failed: int
    cant_tell: int
    blocking: int
    excused: int
    known: int
    errors: int
    theirs: int = 0


@dataclass(frozen=True)
class Report:
    """A run. ``tool`` names versions; ``target`` is what the user named, never a machine's path.

    ``notes`` are sentences for readers (for instance: which frames were not reached). ``rules_address``: the
    list of pages on which the site explains the rules, with / at its end. ``jurisdiction``: a name of
    ``standards/laws.toml``, or ``None`` where no law was named. ``narrowed``: sentences about what this run
    did not look at or did not let block because it was told so; such a run proves nothing for publishing. The constructor takes things in any order; :func:`ordered` fixes it.
    """

    tool: Mapping[str, str]
    profile: str
    target: str
    pages: tuple[PageResult, ...]
    findings: tuple[Finding, ...]
    rules: tuple[RuleResult, ...] = ()
    criteria: tuple[CriterionResult, ...] = ()
    errors: tuple[RunError, ...] = ()
    notes: tuple[str, ...] = ()
    rules_address: str | None = None
    jurisdiction: str | None = None
    narrowed: tuple[str, ...] = ()

    @property
    def summary(self) -> Summary:
        """Counted afresh from pages and findings each time it is asked for."""
        states = [page.state for page in self.pages]
        open_ones = [finding for finding in self.findings if finding.state not in APART]
        return Summary(
            audited=states.count(PageState.AUDITED),
            not_audited=states.count(PageState.NOT_AUDITED),
            excluded=states.count(PageState.EXCLUDED),
            failed=sum(finding.outcome is Outcome.FAILED for finding in open_ones),
            cant_tell=sum(finding.outcome is Outcome.CANT_TELL for finding in open_ones),
            blocking=sum(finding.blocking for finding in open_ones if finding.state == FindingState.NEW),
            excused=sum(finding.state == FindingState.EXCUSED for finding in self.findings),
            known=sum(finding.state == FindingState.KNOWN for finding in open_ones),
            errors=len(self.errors),
            theirs=sum(finding.state == FindingState.THEIRS for finding in self.findings),
        )

    @property
    def documents(self) -> tuple[PageResult, ...]:
        """The entries of ``pages`` that are documents."""
        return tuple(page for page in self.pages if page.document is not None)

    @property
    def verdict(self) -> Verdict:
        """Incomplete wins over blocked: what was not seen may be worse than what was."""
        summary = self.summary
        if summary.errors or summary.not_audited:
            return Verdict.INCOMPLETE
        if not summary.audited:
            return Verdict.NOTHING
        return Verdict.BLOCKED if summary.blocking else Verdict.CLEAR

    @property
    def exit_code(self) -> ExitCode:
        """The exit status that belongs to the verdict (``audit.errors.ExitCode``)."""
        return {
            Verdict.CLEAR: ExitCode.NOTHING_BLOCKS,
            Verdict.BLOCKED: ExitCode.BLOCKING_FINDINGS,
            Verdict.INCOMPLETE: ExitCode.INCOMPLETE,
            Verdict.NOTHING: ExitCode.NOTHING_TO_AUDIT,
        }[self.verdict]

    def rule(self, identifier: str) -> RuleResult | None:
        """The entry of a rule; ``None`` when the report does not list it."""
        return next((rule for rule in self.rules if rule.id == identifier), None)


def finding_order(finding: Finding) -> tuple[object, ...]:
    """The order of findings: by file and line, those without a file after, by page."""
    source = finding.source
    return (
        source is None,
        source.path if source else "",
        (source.line or 0) if source else 0,
        finding.page,
        finding.rule,
        _counted(finding.target.selector if finding.target else ""),
        finding.outcome.value,
        finding.key,
        finding.conditions,
        finding.message,
    )


_NUMBER = re.compile(r"(\d{1,9})")


def _counted(text: str) -> tuple[tuple[str, int], ...]:
    """Sorts ``slide 10`` after ``slide 9``."""
    parts = _NUMBER.split(text)
    return tuple((words, int(number or 0)) for words, number in zip_longest(parts[::2], parts[1::2], fillvalue=""))


def ordered(report: Report) -> Report:
    """The same report with everything in its fixed order."""
    return Report(
        tool=dict(sorted(report.tool.items())),
        profile=report.profile,
        target=report.target,
        pages=tuple(sorted(report.pages, key=lambda page: (page.address, page.file or ""))),
        findings=tuple(sorted(report.findings, key=finding_order)),
        rules=tuple(
            replace(rule, passed=tuple(sorted(rule.passed)), inapplicable=tuple(sorted(rule.inapplicable)))
            for rule in sorted(report.rules, key=lambda rule: (rule.id, rule.engine))
        ),
        criteria=tuple(sorted(report.criteria, key=lambda criterion: _number(criterion.id))),
        errors=tuple(sorted(report.errors, key=lambda error: (error.kind, error.where, error.sentence))),
        notes=report.notes,
        rules_address=report.rules_address,
        jurisdiction=report.jurisdiction,
        narrowed=report.narrowed,
    )


def _number(criterion: str) -> tuple[tuple[int, str], ...]:
    """Sorts 1.4.10 after 1.4.9."""
    return tuple((int(part), "") if part.isdigit() else (10**6, part) for part in criterion.split("."))
