"""From what rules said of the open page to what its panel shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from audit.examination.axe.catalogue import catalogue
from audit.examination.examination import PAGE_FAMILIES, Examined, RuleOutcome, examine_source
from audit.examination.provenance import Locator
from audit.judgement import gate
from audit.judgement.baseline import read as read_baseline
from audit.judgement.excuses import read_file as read_excuses
from audit.judgement.findings import Merger
from audit.judgement.policy import judge, lawful, shown
from audit.judgement.regions import set_apart
from audit.model.finding import (
    APART,
    Condition,
    Family,
    Finding,
    FindingState,
    Json,
    Outcome,
    PageState,
    Source,
    SourceKind,
)
from audit.model.rule_places import rule_page
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.run.order import Order
from audit.run.worker import PageRecord
from audit.settings.config import Config
from audit.survey.manifest import Manifest
from audit.writing.source import read
from stepfree.preview.site import Shown
from stepfree.today import today

#: Under what the open page is looked at: few, so that the answer comes while the author still looks.
NEEDS = frozenset({Condition.WIDE, Condition.NARROW})
#: What is said of lists of excuses; the rest is about whole runs, and one page is none.
OF_EXCUSES = frozenset({"excuse-incomplete", "excuse-expired"})


def page_rules(config: Config) -> tuple[LoadedRule, ...]:
    """The rules that one look at a page under ``NEEDS`` is enough for."""
    return tuple(
        each
        for each in load_rules(config.rules).values()
        if each.rule.family in PAGE_FAMILIES and each.rule.needs <= NEEDS
    )


def left_out(config: Config) -> int:
    """How many rules about pages only the whole check can run."""
    return sum(
        each.rule.family in PAGE_FAMILIES and not each.rule.needs <= NEEDS for each in load_rules(config.rules).values()
    )


def writing(page: Shown, root: Path, config: Config) -> tuple[Examined, ...]:
    """What rules about writing say of the files that this page is made from."""
    rules = [rule for rule in load_rules(config.rules).values() if rule.rule.family is Family.WRITING]
    day = today()
    return tuple(
        examine_source(read(root / path, path, page.lang, page.address, day), rules)
        for path in page.sources
        if path.endswith(".md") and (root / path).is_file()
    )


def _owners(page: Shown) -> Mapping[str, SourceKind]:
    """Whose the sources of the open page are, as a build would write it down."""
    from library_manifest import owner_of

    places = page.built.elements.places if page.built else ()
    return {path: SourceKind(owner_of(path)) for path in {*(path for path, _ in places), *page.sources}}


def findings(
    page: Shown,
    texts: Sequence[Examined],
    record: PageRecord | None,
    config: Config,
    root: Path,
    base_path: str = "/",
) -> list[Mapping[str, Json]]:
    """All findings of the open page for the panel: facts before questions, the author's before the theme's.

    Raises:
        UsageError: the list of excuses or of known faults is wrong.
    """
    policy = Order("preview", config).policy
    rules = load_rules(config.rules)
    built = Manifest("the preview", "/", {page.address: page.built} if page.built else {}, {}, _owners(page))
    locator = Locator(built)

    def locate(outcome: RuleOutcome) -> Source | None:
        if outcome.path is not None:
            return Source(outcome.path, outcome.line, locator.owner(outcome.path))
        if outcome.target is None:
            return locator.page(page.address)
        return locator.element(page.address, outcome.static, record.elements if record else None)

    outcomes = record.examined.outcomes if record else ()
    merger = Merger(locate, rules, {page.address: page.source})
    merger.add(outcomes)
    for each in texts:
        merger.add(each.outcomes)
    names = gate.names_of(rules, catalogue(config.axe_script))
    day = today()
    excuses, flaws = gate.inline_excuses(root, _files(page), names, day)
    if config.excuses is not None and config.excuses.is_file():
        excuses += read_excuses(config.excuses, config.excuses.name, names, day)
    known = read_baseline(config.baseline, names) if config.baseline is not None and config.baseline.is_file() else ()
    ours, _ = set_apart(judge(merger.findings(), policy, rules), config.regions, day, lawful(rules.values()))
    decided = gate.decide(
        ours,
        excuses,
        flaws,
        known,
        config.baseline.name if config.baseline else "",
        day,
        rules.keys(),
        {page.address: PageState.AUDITED},
        lawful(rules.values()),
    )
    own = Merger(locate, rules)
    own.add(each for each in decided.outcomes if each.rule in OF_EXCUSES and each.path in page.sources)
    found = (*decided.findings, *judge(own.findings(), policy, rules))
    asked = [each for each in found if each.state not in APART and shown(each, policy, rules)]
    ordinals = _ordinals(outcomes)
    rules_page = config.site.get("rules_page")
    # The pages about rules are served here as well.
    pages = f"{base_path.rstrip('/')}{rules_page}" if rules_page else None
    return [_entry(each, page, ordinals, pages) for each in sorted(asked, key=lambda each: _rank(each, page))]


def _files(page: Shown) -> set[str]:
    places = page.built.elements.places if page.built else ()
    return {*page.sources, *(path for path, _ in places)}


def _ordinals(outcomes: Iterable[RuleOutcome]) -> Mapping[str, int]:
    """The ordinal of each element that something was said of, by its selector."""
    return {
        each.target.selector: each.static
        for each in outcomes
        if each.target is not None and each.target.selector and each.static is not None
    }


def _rank(finding: Finding, page: Shown) -> tuple[Any, ...]:
    source = finding.source
    path = source.path if source else ""
    return (
        finding.outcome is not Outcome.FAILED,
        path != page.source,
        source is None or source.kind is not SourceKind.CONTENT,
        path,
        (source.line or 0) if source else 0,
        finding.rule,
    )


def _entry(finding: Finding, page: Shown, ordinals: Mapping[str, int], pages: str | None) -> Mapping[str, Json]:
    target, source = finding.target, finding.source
    selector = target.selector if target else ""
    ordinal = ordinals.get(selector) if selector else at_line(page, source)
    where = f"{source.path}:{source.line}" if source and source.line else (source.path if source else "")
    return {
        "asks": finding.outcome is not Outcome.FAILED,
        "blocks": finding.blocking,
        "known": finding.state == FindingState.KNOWN,
        "theme": source is not None and source.kind in {SourceKind.THEME, SourceKind.PLUGIN},
        "rule": finding.rule,
        "more": rule_page(finding.rule, pages),
        "title": finding.title,
        "message": finding.message,
        "why": finding.why,
        "fix": finding.fix,
        "where": where,
        "when": ", ".join(finding.conditions),
        "ordinal": ordinal,
        "selector": selector,
    }


def at_line(page: Shown, source: Source | None) -> int | None:
    """The first element that comes from a line of a file, or from the nearest line above it."""
    if page.built is None or source is None or source.line is None:
        return None
    elements = page.built.elements
    best: tuple[int, int] | None = None
    for start, (path, line) in zip(elements.starts, elements.places, strict=True):
        if path == source.path and line <= source.line and (best is None or line > best[0]):
            best = (line, start)
    return best[1] if best else None
