"""One run, from a target to a report.

The stages stand in :func:`audit` in their order. Pages are looked at by workers side by side;
what they find is written to disk page by page, so that memory does not grow with the number
of pages and a run that is broken off still says how far it came. At the end each expected
page is in exactly one state, and that sum is asserted.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from audit import cache, gate, gate_rules, manifest, rules_table
from audit.axe.catalogue import catalogue
from audit.baseline import read as read_baseline
from audit.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.config import DEFAULT_BLOCK, DEFAULT_PROFILE, Config
from audit.errors import InternalError, UsageError
from audit.examine import PAGE_FAMILIES, Examined, RuleOutcome, examine_site
from audit.excuses import read_file as read_excuses
from audit.judge import Policy, judge, shown
from audit.locate import Locator
from audit.merge import Merger
from audit.model import Condition, Finding, PageResult, PageState, Source
from audit.nearest import did_you_mean
from audit.pool import Pool
from audit.remember import read_page
from audit.report_model import Report, RunError, ordered
from audit.reports.criteria import roll_up
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.serve import Server
from audit.site import Site, SitePage
from audit.standards import EVERYTHING
from audit.survey import ExpectedPage, Survey, survey_file, survey_folder
from audit.work import STEADY_ORIGIN, Job, PageRecord, PageTask, keep, read_record, write_record

#: Under what every page is looked at, whatever rules ask for: our own bar names them.
ALWAYS = frozenset({Condition.WIDE, Condition.NARROW, Condition.DARK})
#: How much longer than a page may take a worker may be silent, in seconds.
PATIENCE = 60.0


class Listener(Protocol):
    """Hears how a run is coming along."""

    def stage(self, words: str) -> None:
        """A new stage has begun."""

    def pages(self, total: int) -> None:
        """So many pages are going to be looked at."""

    def page(self, record: PageRecord) -> None:
        """One more page is done."""


class Silence:
    """A listener that does nothing."""

    def stage(self, words: str) -> None: ...

    def pages(self, total: int) -> None: ...

    def page(self, record: PageRecord) -> None: ...


@dataclass(frozen=True)
class Order:
    """What to audit and how: the command line on top of the configuration.

    ``target`` is a folder, an HTML file or a web address. ``only``: rule ids, empty for all.
    ``work`` is where results are kept while the run lasts. ``base``: the folder from which
    paths in findings count (the repository).
    """

    target: str
    config: Config = field(default_factory=Config)
    manifest: Path | None = None
    profile: str | None = None
    block: tuple[str, ...] = ()
    base_path: str | None = None
    workers: int | None = None
    grid: str | None = None
    only: tuple[str, ...] = ()
    use_cache: bool = True
    use_browser: bool = True
    base: Path = field(default_factory=Path)
    work: Path = Path("build/audit")
    today: dt.date | None = None

    @property
    def policy(self) -> Policy:
        """The profile that was asked for, and what blocks: what was asked for, else what the owners decided."""
        profile = self.profile or self.config.profile or DEFAULT_PROFILE
        if self.block:
            block = self.block
        elif self.config.block is not None:
            block = self.config.block
        elif self.profile is not None and self.profile != EVERYTHING:
            block = (self.profile,)
        else:
            block = DEFAULT_BLOCK
        return Policy(profile, block, frozenset(self.config.block_rules), frozenset(self.only))


@dataclass
class _Run:
    """What a run gathers while pages come back."""

    records: Path
    locator: Locator
    states: dict[str, PageResult] = field(default_factory=dict)
    sites: dict[str, SitePage] = field(default_factory=dict)
    counts: dict[str, int | None] = field(default_factory=dict)
    errors: list[RunError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: rules_table.Tally = field(default_factory=rules_table.Tally)
    axe: set[str] = field(default_factory=set)
    browsers: set[str] = field(default_factory=set)


def audit(order: Order, listener: Listener | None = None) -> Report:
    """Audit a target.

    Raises:
        UsageError: the target, the manifest, the configuration or a rule id cannot be used.
        NothingToAudit: there is no page.
    """
    hear = listener or Silence()
    rules = chosen_rules(order.only, order.config.axe_script)
    hear.stage("Surveying")
    if order.target.startswith(("http://", "https://")):
        from audit.crawl import crawl

        survey, origin = crawl(order.target, order.config.max_pages)
        return look(order, rules, survey, None, origin, "/", None, hear)
    path = Path(order.target)
    built = manifest.read(order.manifest) if order.manifest else None
    below = base_path(order, built)
    if path.is_file():
        survey, folder = survey_file(path), path.parent
    else:
        survey, folder = survey_folder(path, built, order.config.exclude, below), path
    if built is not None:
        built.check(folder)
    with Server(folder, below) as server:
        return look(order, rules, survey, folder, server.origin, server.base_path, built, hear)


def base_path(order: Order, built: manifest.Manifest | None = None) -> str:
    """Where below the host the folder is served: as asked for, as decided, as built, else the root.

    Raises:
        UsageError: the manifest cannot be read.
    """
    built = built or (manifest.read(order.manifest) if order.manifest else None)
    return order.base_path or order.config.base_path or (built.base_path if built else "/")


def chosen_rules(only: Iterable[str], script: Path | None = None) -> tuple[LoadedRule, ...]:
    """The rules with these ids or former ids; all of them when none is named.

    Raises:
        UsageError: there is no such rule, ours or axe-core's.
    """
    known = load_rules()
    wanted = tuple(only)
    if not wanted:
        return tuple(known.values())
    axe = catalogue(script)
    renamed = {alias: rule for rule in known.values() for alias in rule.rule.aliases}
    chosen = {}
    for identifier in wanted:
        rule = known.get(identifier) or renamed.get(identifier)
        if rule is not None:
            chosen[rule.id] = rule
        elif identifier not in axe and identifier not in gate_rules.RULES:
            names = (*known, *renamed, *axe, *gate_rules.RULES)
            raise UsageError(f"There is no rule “{identifier}”.", did_you_mean(identifier, names) or None)
    return tuple(chosen.values())


def look(
    order: Order,
    rules: tuple[LoadedRule, ...],
    survey: Survey,
    folder: Path | None,
    origin: str,
    base_path: str,
    built: manifest.Manifest | None,
    hear: Listener,
) -> Report:
    """Every stage after the survey, on a site that is being served at ``origin``."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stepfree-", ignore_cleanup_errors=True)))
        records = order.work / "records"
        shutil.rmtree(records, ignore_errors=True)
        records.mkdir(parents=True)
        run = _Run(records, Locator(built))
        job = _job(order, rules, origin, base_path, scratch, local=folder is not None)
        for page, reason in survey.missing:
            run.states[page.address] = PageResult(page.address, page.file, PageState.NOT_AUDITED, reason)
        for page, reason in survey.excluded:
            run.states[page.address] = PageResult(page.address, page.file, PageState.EXCLUDED, reason)
        keys = cache.keys_for(job, folder, survey.files) if order.use_cache and folder is not None else None
        _pages(order, survey, job, keys, run, hear)
        _unopened(survey, folder, base_path, run)
        hear.stage("Comparing pages")
        site = Site(
            pages=dict(sorted(run.sites.items())),
            files=survey.files,
            root=(STEADY_ORIGIN if folder is not None else origin) + base_path,
            base_path=base_path,
            today=order.today or dt.datetime.now(tz=dt.UTC).astimezone().date(),
            settings=order.config.site,
            answers=survey.answers,
        )
        return _report(order, rules, survey, run, site, built)


def _job(
    order: Order, rules: tuple[LoadedRule, ...], origin: str, base_path: str, scratch: Path, *, local: bool
) -> Job:
    page_rules = [rule for rule in rules if rule.rule.family in PAGE_FAMILIES]
    needs = ALWAYS.union(*(rule.rule.needs for rule in page_rules))
    allowed = order.config.site.get("third_parties", ())
    hosts = allowed if isinstance(allowed, list | tuple) else ()
    return Job(
        origin=origin,
        base_path=base_path,
        needs=needs,
        rules=tuple(rule.id for rule in rules),
        browser=BrowserSettings(grid=order.grid or order.config.grid),
        capture=CaptureSettings(
            page=order.config.timeout,
            axe_script=order.config.axe_script,
            allowed=tuple(host if "://" in host else f"https://{host}" for host in map(str, hosts))
            if local
            else ("*",),
            forms=local,
        ),
        captures=order.config.cache / "captures" if order.use_cache and local else None,
        scratch=scratch,
        local=local,
    )


def _pages(order: Order, survey: Survey, job: Job, keys: cache.Keys | None, run: _Run, hear: Listener) -> None:
    """Look at every page that is to be opened; each ends in the table of states."""
    expected = {page.address: page for page in survey.pages}
    if not order.use_browser:
        for page in survey.pages:
            _take(run, expected, _not_opened(page))
        return
    hear.stage("Auditing")
    hear.pages(len(survey.pages))
    tasks, results = [], {}
    for page in survey.pages:
        key = keys.capture(page) if keys and page.file else None
        place = order.config.cache / "results" / f"{keys.result(page)}.json" if keys and page.file else None
        kept = _kept(place, page)
        if kept is not None:
            _take(run, expected, kept)
            hear.page(kept)
            continue
        if place is not None:
            results[page.address] = place
        tasks.append(PageTask(page, key))
    size = min(order.workers or order.config.workers or os.cpu_count() or 1, max(1, len(tasks)))
    try:
        with Pool(job, size, 2 * job.capture.page + PATIENCE) as pool:
            for _, data, record in pool.run(tasks):
                if record.state is PageState.AUDITED and not record.failures and record.address in results:
                    keep(results[record.address], data)
                _take(run, expected, record)
                hear.page(record)
    except KeyboardInterrupt:
        run.notes.append("The run was broken off. Pages that had not been opened by then were not audited.")
    for page in survey.pages:
        if page.address not in run.states:
            _take(run, expected, PageRecord(page.address, PageState.NOT_AUDITED, "The run was broken off before it."))
    if keys is not None:
        cache.shrink(order.config.cache)


def _kept(place: Path | None, page: ExpectedPage) -> PageRecord | None:
    if place is None or not place.is_file():
        return None
    try:
        record = read_record(place.read_bytes())
    except (ValueError, OSError):
        return None
    if record.address != page.address:
        return None
    os.utime(place)
    return record


def _not_opened(page: ExpectedPage) -> PageRecord:
    return PageRecord(page.address, PageState.NOT_AUDITED, "No browser was to be used (--no-browser).")


def _take(run: _Run, expected: Mapping[str, ExpectedPage], record: PageRecord) -> None:
    """Book one page: its state, what the site rules need, and its outcomes on disk."""
    page = expected[record.address]
    if record.address in run.states:
        raise InternalError(f"The page {record.address} came back twice.")
    run.states[record.address] = PageResult(
        record.address, page.file, record.state, record.reason, record.title, record.examined.untested
    )
    if record.site is not None:
        run.sites[record.address] = record.site
    run.counts[record.address] = record.elements
    if record.state is PageState.AUDITED:
        run.table.add(record.address, record.examined, record.axe_rules)
        run.axe.add(record.axe_version)
        run.browsers.add(record.browser_version)
        if record.failures:
            run.notes.append(f"{record.address} was audited on the second try. At first: {record.failures[0]}")
        run.notes += [f"{record.address}: {problem}" for problem in record.problems]
        if run.locator.disagrees(record.address, record.elements):
            run.notes.append(
                f"{record.address}: the browser and the build count its elements differently, so lines are not known."
            )
    (run.records / f"{len(run.states):06}.json").write_bytes(write_record(replace(record, site=None)))
    _errors(run, record.address, record.examined)


def _errors(run: _Run, where: str, examined: Examined) -> None:
    run.errors += [RunError(f"{crash.rule} on {crash.where}", crash.sentence, "rule") for crash in examined.crashes]
    for rule in examined.untested:
        run.errors.append(
            RunError(
                f"{rule} on {where}",
                f"The rule {rule} could not be tested on {where}: what it needs was not recorded.",
                "rule",
            )
        )


def _unopened(survey: Survey, folder: Path | None, base_path: str, run: _Run) -> None:
    """What the site rules need of pages that no browser has opened, from their bytes."""
    if folder is None:
        return
    excluded = [page for page, _ in survey.excluded]
    for page in (*survey.pages, *excluded):
        if page.address not in run.sites and page.file is not None:
            url = STEADY_ORIGIN + base_path + page.address.lstrip("/")
            run.sites[page.address] = read_page((folder / page.file).read_bytes(), url, page)
            run.counts[page.address] = None


def _records(run: _Run) -> Iterator[PageRecord]:
    """All records in the order of addresses, one at a time."""
    places: dict[str, Path] = {}
    for file in run.records.glob("*.json"):
        places[read_record(file.read_bytes()).address] = file
    for address in sorted(places):
        yield read_record(places[address].read_bytes())


def _report(
    order: Order,
    rules: tuple[LoadedRule, ...],
    survey: Survey,
    run: _Run,
    site: Site,
    built: manifest.Manifest | None,
) -> Report:
    policy = order.policy
    by_id = {rule.id: rule for rule in rules}
    homes = {page.address: page.source for page in built.pages.values()} if built else {}

    def locate(outcome: RuleOutcome) -> Source | None:
        return _locate(run, outcome)

    merger = Merger(locate, by_id, homes)
    for record in _records(run):
        merger.add(record.examined.outcomes)
    whole = examine_site(site, rules)
    run.table.add_site(whole, site.pages)
    _errors(run, "the site", whole)
    merger.add(whole.outcomes)
    sources = gate.examine_sources(order.base, built, rules)
    for examined in sources:
        run.table.add_site(examined, ())
        _errors(run, "the sources", examined)
        merger.add(examined.outcomes)
    findings = _decided(order, rules, survey, run, merger, site.today, built)
    results = run.table.results(by_id, policy, catalogue(order.config.axe_script))
    states = _asserted(survey, run)
    return ordered(
        Report(
            tool=_tool(run),
            profile=policy.profile,
            target=target_name(order.target),
            pages=states,
            findings=findings,
            rules=results,
            criteria=roll_up(policy.profile, states, findings, results),
            errors=tuple(run.errors),
            notes=tuple(sorted(run.notes)) + survey.notes,
        )
    )


def _decided(
    order: Order,
    rules: tuple[LoadedRule, ...],
    survey: Survey,
    run: _Run,
    merger: Merger,
    today: dt.date,
    built: manifest.Manifest | None,
) -> tuple[Finding, ...]:
    """All findings of the profile: judged, with excuses and baseline applied, the gate's own among them."""
    config, policy = order.config, order.policy
    by_id = {rule.id: rule for rule in rules}
    names = gate.names_of(load_rules(), catalogue(config.axe_script))
    merger.add(gate.mismatches(survey))
    found = judge(merger.findings(), policy, by_id)
    excuses, flaws = gate.inline_excuses(order.base, _sources(built), names)
    if config.excuses is not None and config.excuses.is_file():
        excuses += read_excuses(config.excuses, config.excuses.name, names)
    known = read_baseline(config.baseline, names) if config.baseline is not None and config.baseline.is_file() else ()
    decided = gate.decide(
        found,
        excuses,
        flaws,
        known,
        config.baseline.name if config.baseline else "",
        today,
        {*by_id, *run.table.axe}
        if order.use_browser
        else {rule.id for rule in rules if rule.rule.family not in PAGE_FAMILIES},
        {address: page.state for address, page in run.states.items()},
    )
    own = Merger(lambda outcome: _locate(run, outcome), by_id)
    own.add(decided.outcomes)
    everything = (*decided.findings, *judge(own.findings(), policy, by_id))
    return tuple(finding for finding in everything if shown(finding, policy, by_id))


def _sources(built: manifest.Manifest | None) -> set[str]:
    """Every source file that the build has used."""
    if built is None:
        return set()
    return {path for page in built.pages.values() for path, _ in (*page.elements.places, (page.source, 0))}


def _locate(run: _Run, outcome: RuleOutcome) -> Source | None:
    from audit.locate import kind_of

    if outcome.path is not None:
        return Source(outcome.path, outcome.line, kind_of(outcome.path))
    if outcome.page is None:
        return None
    if outcome.target is None:
        return run.locator.page(outcome.page)
    return run.locator.element(outcome.page, outcome.static, run.counts.get(outcome.page))


def _asserted(survey: Survey, run: _Run) -> tuple[PageResult, ...]:
    """Every expected page in exactly one state.

    Raises:
        InternalError: a page was lost, or appeared from nowhere.
    """
    expected = {page.address for page in survey.pages}
    expected |= {page.address for page, _ in (*survey.missing, *survey.excluded)}
    if expected != set(run.states):
        lost = ", ".join(sorted(expected ^ set(run.states))[:5])
        raise InternalError(f"The pages that were expected and those that have a state are not the same: {lost}.")
    return tuple(run.states[address] for address in sorted(run.states))


def _tool(run: _Run) -> Mapping[str, str]:
    def known(versions: Iterable[str]) -> str:
        return ", ".join(sorted(version for version in versions if version)) or "not used"

    return {
        "stepfree": importlib.metadata.version("stepfree"),
        "axe-core": known(run.axe),
        "browser": known(run.browsers),
    }


def target_name(target: str) -> str:
    """What the user named, without the machine's own path."""
    if target.startswith(("http://", "https://")):
        parts = urlsplit(target)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"
    path = Path(target)
    if path.is_absolute():
        with suppress(ValueError):
            return path.resolve().relative_to(Path.cwd()).as_posix()
        return path.name
    return path.as_posix()


__all__ = ["Listener", "Order", "Silence", "audit", "base_path", "chosen_rules", "look", "target_name"]
