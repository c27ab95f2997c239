"""From the results of all pages to a report: the site as a whole, findings, excuses, verdict."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from audit.errors import UsageError
from audit.examination.axe.catalogue import catalogue
from audit.examination.examination import PAGE_FAMILIES, RuleOutcome, examine_site
from audit.judgement import gate
from audit.judgement.baseline import Known
from audit.judgement.baseline import read as read_baseline
from audit.judgement.criteria import roll_up
from audit.judgement.excuses import Excuse
from audit.judgement.excuses import read_file as read_excuses
from audit.judgement.findings import Merger
from audit.judgement.one_fault import without_what_is_told_of_the_page
from audit.judgement.policy import judge, lawful, shown
from audit.judgement.regions import of_regions, set_apart
from audit.model.addresses import escaped
from audit.model.finding import Finding, PageState
from audit.model.report import Report, ordered
from audit.model.site import Site
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.run.order import Order, narrowed, target_name
from audit.run.page_results import PageResults
from audit.semantics.language.detect import NAMES
from audit.semantics.vocabulary import LANGUAGES, primary, vocabulary
from audit.settings.config import Exclusion
from audit.settings.regions import Region
from audit.settings.responsibility import until_flaw
from audit.survey import manifest
from audit.survey.folder import Survey


@dataclass(frozen=True)
class Lists:
    """What people have written down about faults. ``names``: every id of a rule, with its present one."""

    names: Mapping[str, str]
    excuses: tuple[Excuse, ...] = ()
    known: tuple[Known, ...] = ()


def lists_of(order: Order, today: dt.date) -> Lists:
    """The lists of the configuration: read before the first page is opened, for a mistake is told at once.

    Raises:
        UsageError: one of them is wrong, or lets something stand that nobody may let stand; with file and line.
    """
    config = order.config
    names = gate.names_of(load_rules(order.config.rules), catalogue(config.axe_script))
    dated: list[tuple[Exclusion | Region, str, dt.date | None]]
    dated = [(each, f"excluding “{each.pattern}”", each.until) for each in config.exclude]
    dated += [(each, f"the region “{each.name}”", each.until) for each in config.regions]
    for place, named, until in dated:
        if until is not None and (flaw := until_flaw(until, today)):
            raise UsageError(f"{place.path}:{place.line}: {named}: {flaw}")
    excuses, known = config.excuses, config.baseline
    return Lists(
        names,
        read_excuses(excuses, excuses.name, names, today) if excuses is not None and excuses.is_file() else (),
        read_baseline(known, names) if known is not None and known.is_file() else (),
    )


def conclude(
    order: Order,
    rules: tuple[LoadedRule, ...],
    survey: Survey,
    run: PageResults,
    site: Site,
    built: manifest.Manifest | None,
    lists: Lists,
) -> Report:
    policy = order.policy
    by_id = {rule.id: rule for rule in rules}
    homes = {page.address: page.source for page in built.pages.values()} if built else {}

    def apart(outcome: RuleOutcome) -> bool:
        return any(excuse.names(outcome.rule, outcome.target) for excuse in lists.excuses)

    merger = Merger(run.locate, by_id, homes, apart)
    # Documents by themselves are no site: nothing is said about what a site must have.
    whole = examine_site(site, rules) if site.pages or not survey.documents else None
    for record in run.in_order():
        outcomes = record.examined.outcomes
        merger.add(without_what_is_told_of_the_page(outcomes, whole.outcomes, by_id) if whole else outcomes)
    if whole:
        run.table.add_site(whole, site.pages)
        run.note_errors("the site", whole)
        merger.add(whole.outcomes)
    sources = gate.examine_sources(order.base, built, rules, site.today)
    for examined in sources:
        run.table.add_site(examined, ())
        run.note_errors("the sources", examined)
        merger.add(examined.outcomes)
    findings = _decided(order, rules, survey, run, merger, site.today, built, lists)
    results = run.table.results(by_id, policy, catalogue(order.config.axe_script))
    states = run.asserted(survey)
    return ordered(
        Report(
            tool=run.tool(),
            profile=policy.profile,
            target=target_name(order.target),
            pages=states,
            findings=findings,
            rules=results,
            criteria=roll_up(policy.profile, states, findings, results),
            errors=tuple(run.errors),
            notes=(
                *((order.law.note(),) if order.law.note() else ()),
                *sorted(run.notes),
                *survey.notes,
                *_in_other_languages(site),
            ),
            rules_address=order.rules_address or order.config.rules_address(),
            jurisdiction=order.law.id if "jurisdiction" in order.config.site else None,
            narrowed=(*narrowed(order), *survey.narrowed, *run.narrowed(), *_unasked(order, survey, site)),
        )
    )


def _in_other_languages(site: Site) -> Iterator[str]:
    """What rules about words did not look at."""
    pages = Counter(
        NAMES.get(code, code) for page in site.pages.values() if (code := primary(page.lang)) and not vocabulary(code)
    )
    if pages:
        known = [NAMES[code] for code in LANGUAGES]
        named = ", ".join(f"{name} ({number})" for name, number in sorted(pages.items()))
        yield (
            f"Rules that go by words (vague links, labels and headings, pointing by shape or colour) know {', '.join(known[:-1])} "
            f"and {known[-1]}. In other languages they look at nothing: {named}."
        )


def _decided(
    order: Order,
    rules: tuple[LoadedRule, ...],
    survey: Survey,
    run: PageResults,
    merger: Merger,
    today: dt.date,
    built: manifest.Manifest | None,
    lists: Lists,
) -> tuple[Finding, ...]:
    """All findings of the profile: judged, with excuses and baseline applied, the gate's own among them."""
    config, policy = order.config, order.policy
    by_id = {rule.id: rule for rule in rules}
    merger.add(gate.mismatches(survey))
    found = judge(merger.findings(), policy, by_id)
    found, theirs = set_apart(found, config.regions, today, lawful(rules))
    excuses, flaws = gate.inline_excuses(order.base, _sources(built), lists.names, today)
    decided = gate.decide(
        found,
        [*excuses, *lists.excuses],
        flaws,
        lists.known,
        config.baseline.name if config.baseline else "",
        today,
        {*by_id, *run.table.axe}
        if order.use_browser
        else {rule.id for rule in rules if rule.rule.family not in PAGE_FAMILIES},
        {address: page.state for address, page in run.states.items()},
        lawful(rules),
    )
    own = Merger(run.locate, by_id)
    own.add(decided.outcomes)
    own.add(of_regions(config.regions, run.regions, run.covered, today, complete=_is_whole(order, survey, run)))
    everything = (*decided.findings, *theirs, *judge(own.findings(), policy, by_id))
    return tuple(finding for finding in everything if shown(finding, policy, by_id))


def _unasked(order: Order, survey: Survey, site: Site) -> tuple[str, ...]:
    """On the web: the addresses to which only scripts lead, which nobody knew when the pages were looked for."""
    if survey.answers is None or survey.narrowed or order.addresses or order.sample:
        return ()
    known = {each.address for each in (*survey.pages, *survey.documents)} | survey.answers.keys()
    known |= {each.address for each, _ in (*survey.excluded, *survey.missing)}
    origin = site.root.rstrip("/")
    found = {
        "/" + escaped(urldefrag(link.url).url.removeprefix(origin).removeprefix("/"))
        for page in site.pages.values()
        for link in page.links
        if link.kind in {"a", "area"} and link.url.startswith((f"{origin}/", f"{origin}?", f"{origin}#"))
    }
    left = sorted(found - known)
    if not left:
        return ()
    what = "one address to which a script leads" if len(left) == 1 else f"{len(left)} addresses to which scripts lead"
    return (f"Not looked at: {what}, such as {left[0]}. Name them in a file with --addresses.",)


def _is_whole(order: Order, survey: Survey, run: PageResults) -> bool:
    """Whether all pages of the site were looked at, so that it may be said what is on none of them."""
    part = order.files or order.addresses or order.sample or survey.narrowed or Path(order.target).is_file()
    states = {page.state for page in run.states.values()}
    return order.use_browser and not part and PageState.NOT_AUDITED not in states


def _sources(built: manifest.Manifest | None) -> set[str]:
    """Every source file that the build has used."""
    if built is None:
        return set()
    return {path for page in built.pages.values() for path, _ in (*page.elements.places, (page.source, 0))}
