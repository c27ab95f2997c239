"""The gate's own findings: about its lists, its excuses and its baseline.

An excuse that has run out, an exclusion that excludes nothing, a sitemap entry without a
page: each of them would let the gate pass without looking, so each is a finding itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit.examination.examination import Examined, RuleOutcome, examine_source
from audit.judgement import baseline as baselining
from audit.judgement import excuses as excusing
from audit.judgement import matching
from audit.judgement.baseline import Known
from audit.judgement.excuses import Excuse, Flaw
from audit.judgement.gate_rules import RULES
from audit.model.finding import Family, Finding, FindingState, Json, Outcome, PageState, Requirements, SourceKind
from audit.model.rule import DUE
from audit.rules import LoadedRule
from audit.survey.folder import Survey
from audit.survey.manifest import Manifest
from audit.writing import source


def outcome(
    rule: str,
    message: str,
    fix: str,
    *,
    path: str | None = None,
    line: int | None = None,
    page: str | None = None,
    asks: bool = False,
    due: dt.date | None = None,
) -> RuleOutcome:
    """An outcome of one of the gate's rules. ``due``: the day by which somebody had to act, where that alone is wrong."""
    words = RULES[rule]
    return RuleOutcome(
        rule=rule,
        outcome=Outcome.CANT_TELL if asks else Outcome.FAILED,
        title=words.title,
        message=message,
        why=words.why,
        fix=fix,
        requirements=Requirements(),
        fixer=words.fixer,
        page=page,
        path=path,
        line=line,
        best_practice=True,
        evidence={DUE: due.isoformat()} if due else {},
    )


def mismatches(survey: Survey) -> Iterator[RuleOutcome]:
    """What the lists of pages disagree on, and exclusions that exclude nothing."""
    for each in survey.mismatches:
        yield outcome(each.rule, each.sentence, each.fix, page=each.address)
    for exclusion in survey.unused:
        yield outcome(
            "exclusion-unused",
            f"The pattern “{exclusion.pattern}” matches no page.",
            "Remove the line, or correct the pattern.",
            path=exclusion.path,
            line=exclusion.line,
        )
    for exclusion in survey.expired:
        yield outcome(
            "exclusion-expired",
            f"The exclusion of “{exclusion.pattern}” by {exclusion.owner} expired on {exclusion.until}.",
            "Remove the line: its pages are looked at again. Or give it a new day and a reason that still applies.",
            path=exclusion.path,
            line=exclusion.line,
            due=exclusion.until,
        )


def names_of(rules: Mapping[str, LoadedRule], axe: Iterable[str]) -> Mapping[str, str]:
    """Every id under which a rule is or was known (ours, axe-core's, the gate's), with its present id."""
    names = {identifier: identifier for identifier in (*axe, *RULES)}
    for rule in rules.values():
        names.update(dict.fromkeys(rule.rule.aliases, rule.id))
    return {**names, **{identifier: identifier for identifier in rules}}


@dataclass(frozen=True)
class Decided:
    """Findings with their state, and what the excuses and the baseline themselves did wrong."""

    findings: tuple[Finding, ...]
    outcomes: tuple[RuleOutcome, ...]


def decide(
    findings: Sequence[Finding],
    excuses: Sequence[Excuse],
    flaws: Sequence[Flaw],
    known: Sequence[Known],
    baseline: str,
    today: dt.date,
    ran: Collection[str],
    states: Mapping[str, PageState],
    lawful: Collection[str] = (),
) -> Decided:
    """Say of each finding whether it is new, known or excused.

    ``ran``: ids of the rules of this run. ``states``: of each page; entries about pages that
    were not audited are unchecked, not gone. ``baseline``: the name of its file. ``lawful``: rules
    whose faults are breaches of a legal duty, which nobody can excuse or get used to.
    """
    complete = all(state is not PageState.NOT_AUDITED for state in states.values())
    usable = [excuse for excuse in excuses if excuse.decision or excuse.rule not in lawful]
    applied = excusing.apply(findings, usable, today, ran, complete)
    facts = [
        finding
        for finding in findings
        if baselining.eligible(finding) and finding.key not in applied.by_key and finding.rule not in lawful
    ]
    matches = matching.match(known, facts)
    before = {finding.key: entry for entry, finding, _ in matches.pairs}
    decided = tuple(
        _state(finding, applied.by_key.get(finding.key), before.get(finding.key), late=finding.key in applied.late)
        for finding in findings
    )
    outcomes = [
        *(outcome("excuse-incomplete", flaw.message, flaw.fix, path=flaw.path, line=flaw.line) for flaw in flaws),
        *(_of_duty(excuse) for excuse in excuses if excuse not in usable),
        *_of_excuses(applied),
        *_of_baseline(matches, baseline, ran, complete),
    ]
    return Decided(decided, tuple(outcomes))


def _state(finding: Finding, excuse: Excuse | None, entry: Known | None, *, late: bool) -> Finding:
    if excuse is not None:
        words = {"reason": excuse.reason, "owner": excuse.owner, "until": excuse.until.isoformat()}
        told: dict[str, Json] = {**words, **({"link": excuse.link} if excuse.link else {})}
        return replace(finding, state=FindingState.EXCUSED, blocking=False, excuse=told)
    if entry is not None and not (entry.pages and set(baselining.spread_of(finding)) - set(entry.pages)):
        return replace(finding, state=FindingState.KNOWN, blocking=False)
    # Nothing but the calendar has changed: the fault is told as one that nobody excuses, and the site is published.
    return replace(finding, blocking=False) if late else finding


def _of_duty(excuse: Excuse) -> RuleOutcome:
    return outcome(
        "excuse-incomplete",
        f"The excuse of “{excuse.rule}” by {excuse.owner} cannot be used: the law requires this.",
        "Meet the requirement and remove the excuse.",
        path=excuse.path,
        line=excuse.line,
    )


def _of_excuses(applied: excusing.Applied) -> Iterator[RuleOutcome]:
    for excuse in applied.expired:
        yield outcome(
            "excuse-expired",
            f"The excuse of “{excuse.rule}” by {excuse.owner} expired on {excuse.until.isoformat()}.",
            "Fix the fault and remove the excuse, or give it a new day and a reason that still applies.",
            path=excuse.path,
            line=excuse.line,
            due=excuse.until,
        )
    for excuse in applied.unused:
        yield outcome(
            "excuse-unused",
            f"The excuse of “{excuse.rule}” by {excuse.owner} matches nothing that was found.",
            "Remove it. If the thing has moved, move the excuse to it.",
            path=excuse.path,
            line=excuse.line,
        )
    for excuse, finding in applied.lapsed:
        yield outcome(
            "decision-lapsed",
            f"“{excuse.reason}” was answered by {excuse.owner} when the thing was different: {finding.message}",
            f"Look again. If the answer still holds, write evidence = {finding.evidence_digest[:12]}.",
            path=excuse.path,
            line=excuse.line,
            asks=True,
        )


def _of_baseline(
    matches: matching.Matches[Known, Finding], baseline: str, ran: Collection[str], complete: bool
) -> Iterator[RuleOutcome]:
    for entry, finding, _ in matches.pairs:
        if entry.evidence != finding.evidence_digest:
            yield outcome(
                "known-fault-changed",
                f"What was known as “{entry.what}” at {entry.where} is now: {finding.message}",
                "Is it still the same fault? Then run `stepfree baseline` to write it down as it is now.",
                path=baseline,
                line=entry.line,
                asks=True,
            )
    for entry in matches.gone:
        if complete and entry.rule in ran:
            yield outcome(
                "baseline-entry-gone",
                f"“{entry.what}” at {entry.where} is no longer found. Thank you!",
                "Run `stepfree baseline` to remove the entry.",
                path=baseline,
                line=entry.line,
                asks=True,
            )


def inline_excuses(
    base: Path, paths: Iterable[str], names: Mapping[str, str], today: dt.date
) -> tuple[list[Excuse], list[Flaw]]:
    """The excuses that stand in source files; ``paths`` count from ``base``."""
    excuses: list[Excuse] = []
    flaws: list[Flaw] = []
    for path in sorted(set(paths)):
        file = base / path
        if file.suffix not in {".md", ".html", ".jinja"} or not file.is_file():
            continue
        for found in excusing.read_source(file.read_text(encoding="utf-8", errors="replace"), path, names, today):
            if isinstance(found, Excuse):
                excuses.append(found)
            else:
                flaws.append(found)
    return excuses, flaws


def examine_sources(
    base: Path, built: Manifest | None, rules: Iterable[LoadedRule], today: dt.date
) -> tuple[Examined, ...]:
    """What rules about writing say of each source file that the build has used."""
    writing = [rule for rule in rules if rule.rule.family is Family.WRITING]
    if built is None or not writing:
        return ()
    homes: dict[str, tuple[str, str]] = {}
    for page in built.pages.values():
        homes.setdefault(page.source, (page.lang, page.address))
    # What has no page of its own, such as an answer or a role, stands on the page of another file.
    for page in built.pages.values():
        for path in {path for path, _ in page.elements.places}:
            homes.setdefault(path, (page.lang, page.address))
    return tuple(
        examine_source(source.read(base / path, path, lang, address, today), writing)
        for path, (lang, address) in sorted(homes.items())
        if path.endswith(".md") and built.owner(path) is SourceKind.CONTENT and (base / path).is_file()
    )
