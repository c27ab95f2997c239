"""What a rule is.

A rule is a folder below ``audit/rules/`` named after what it finds (``fake_list`` has the id
``fake-list``). Its ``rule.py`` holds three names and nothing that knows of severity, format,
baseline or source::

    RULE = Rule(title=…, family=…, requirements=…, fixer=…, why=…, since=…)

    def applies(page: Page) -> Iterable[Element]: ...
    def expect(page: Page, target: Element) -> Result: ...

``applies`` yields the targets; none means the rule is inapplicable to the page. ``expect``
says what became of one target. A rule of the family writing may add the mechanical repair of what it finds,
which changes no meaning and, made twice, is the same as made once; ``stepfree fix`` collects them::

    def repair(source: SourceText) -> SourceText: ...

What ``applies`` takes depends on the family:

======================== ============================= ==========================================
family                   subject                       targets
======================== ============================= ==========================================
page, interaction, media ``model.page.Page``           ``Element`` (or ``None``: the page)
writing                  ``writing.source.SourceText`` ``writing.source.Place``
site, duties             ``model.site.Site``           ``model.site.SitePlace``
documents                ``documents.model.Document``  ``documents.model.Place``, or what has one
======================== ============================= ==========================================

The shape follows the ACT Rules Format 1.1: applicability, expectations, outcomes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.model.finding import Condition, Family, Fixer, Json, Outcome, Requirements

#: The key of a result's evidence that holds the day by which something was due.
DUE = "due"


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule says of one target.

    ``message``: what is there, quoting it. ``fix``: what to do, in the words of the person
    who can. ``condition``: under what it was seen, when not under all. ``requirements``
    narrows the rule's own when one target breaks only part of them.
    """

    outcome: Outcome
    message: str = ""
    fix: str = ""
    evidence: Mapping[str, Json] = field(default_factory=dict)
    condition: Condition | None = None
    requirements: Requirements | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """The metadata of a rule: literals, readable at a glance.

    ``title``: the fault in at most 7 words. ``why``: who is hurt and how, one sentence.
    ``needs``: conditions that must have been recorded (``Condition.WIDE`` always is).
    ``axe``: ids of axe-core rules that find the same fault; a finding of theirs on the same
    element is merged into this rule's. ``covers``: ids of rules whose finding says less of
    the same fault, and is left out: for a rule about sources in the same lines of the same file
    (``evidence["lines"]`` widens the line to a range), for a rule about pages on the same element
    of the same pages under the same conditions. ``aliases``: former ids, the first one first, so that
    baselines survive (keys are made with the first).
    ``best_practice``: not a failure of any criterion; reported under ``everything`` only.
    ``slip``: a typing slip that only its author can mend: ``stepfree fix`` asks about it.
    """

    title: str
    family: Family
    requirements: Requirements
    fixer: Fixer
    why: str
    since: str
    needs: frozenset[Condition] = frozenset()
    axe: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    best_practice: bool = False
    slip: bool = False


def passed(**evidence: Json) -> Result:
    """The target meets the expectation."""
    return Result(Outcome.PASSED, evidence=evidence)


def failed(message: str, fix: str, condition: Condition | None = None, **evidence: Json) -> Result:
    """The target certainly does not meet the expectation: a fact."""
    return Result(Outcome.FAILED, message, fix, evidence, condition)


def overdue(message: str, fix: str, due: dt.date, **evidence: Json) -> Result:
    """A day by which somebody had to act has passed: a fact, told as work that is due.

    Nothing but the calendar has changed, so it keeps nobody from publishing what visitors need
    tonight (:func:`audit.judgement.policy.blocks`).
    """
    return Result(Outcome.FAILED, message, fix, {**evidence, DUE: due.isoformat()})


def ask(message: str, fix: str, condition: Condition | None = None, **evidence: Json) -> Result:
    """Only a person can decide: one precise question, with the evidence at hand."""
    return Result(Outcome.CANT_TELL, message, fix, evidence, condition)
