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
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from http.cookiejar import Cookie
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from audit.browser.browser import GRID_PATIENCE, reachable
from audit.capture.log_in import as_parameters, log_in
from audit.capture.settings import CaptureSettings
from audit.errors import AuditIncomplete
from audit.examination.examination import PAGE_FAMILIES
from audit.examination.provenance import Locator
from audit.model.addresses import normal_base
from audit.model.finding import Condition, PageResult, PageState
from audit.model.report import Report, RunError
from audit.model.site import Site
from audit.rules import LoadedRule
from audit.run.book_chapters import open_books
from audit.run.cache import Kept
from audit.run.conclusion import Lists, conclude, lists_of
from audit.run.documents import book_documents
from audit.run.interruption import held, scratch_folder
from audit.run.journeys import walked, with_states
from audit.run.order import (
    Order,
    base_path,
    browser_settings,
    chosen_rules,
    conditions,
    narrowed,
    on_the_web,
    target_name,
)
from audit.run.page_results import PageResults
from audit.run.pool import Pool
from audit.run.unfinished import Unfinished
from audit.run.worker import BROKEN_OFF, STEADY_ORIGIN, Job, PageRecord, PageTask
from audit.settings.access import belonging, read_cookies
from audit.survey import manifest
from audit.survey.crawl import crawl
from audit.survey.folder import ExpectedPage, Survey, files_of, named_files, survey_file, survey_files, survey_folder
from audit.survey.requests import origin_of
from audit.survey.server import Folder
from audit.survey.site_page import read_page
from audit.writing.house_words import use_own_list

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


def audit(order: Order, listener: Listener | None = None) -> Report:
    """Audit a target.

    Raises:
        UsageError: the target, the manifest, the configuration or a rule id cannot be used.
        NothingToAudit: there is no page.
    """
    hear = listener or Silence()
    rules = chosen_rules(order.only, order.config.axe_script, order.config.rules)
    today = order.today or dt.datetime.now(tz=dt.UTC).astimezone().date()
    # Mistakes in what people have written are told before the first page is opened, not after the last.
    lists = lists_of(order, today)
    journeys = walked(order)
    narrowed(order)
    use_own_list(order.config.words)
    if order.use_browser and (grid := order.grid or order.config.grid) and not reachable(grid):
        raise AuditIncomplete(
            f"No Selenium Grid answers at {grid}.",
            "Start Selenium Grid at that address, or remove “grid” from stepfree.toml and --grid from the command.",
        )
    hear.stage("Surveying")
    with scratch_folder() as fetched:
        try:
            seen = _survey(order, today, fetched)
        except KeyboardInterrupt:
            return _nothing(order, "The run was interrupted while the site's pages were looked for.")
        try:
            return look(
                order,
                rules,
                with_states(seen.survey, journeys, order),
                seen.folder,
                seen.origin,
                seen.base_path,
                seen.built,
                lists,
                today,
                hear,
                seen.cookies,
            )
        except KeyboardInterrupt:
            return _nothing(order, "The run was interrupted before its first page was opened.")


@dataclass(frozen=True)
class _Seen:
    """What a survey found, and where it is served: at ``origin``, or by each worker from ``folder``."""

    survey: Survey
    folder: Path | None
    origin: str
    base_path: str = "/"
    built: manifest.Manifest | None = None
    cookies: tuple[Cookie, ...] = field(default=(), repr=False)


def _logged_in(order: Order) -> tuple[Cookie, ...]:
    """The cookies of somebody who has logged in at the target, if ``[access]`` says how.

    Raises:
        UsageError: the file or a variable of the environment cannot be used.
        AuditIncomplete: logging in did not work.
    """
    access, origin = order.config.access, origin_of(order.target)
    cookies = belonging(read_cookies(access.cookies), origin) if access.cookies else ()
    login = access.login
    if login is not None and access.signed_in and origin_of(login.page) == origin and order.use_browser:
        cookies = (*cookies, *log_in(login, access.signed_in, replace(browser_settings(order), hosts=None)))
    return cookies


def _survey(order: Order, today: dt.date, fetched: Path) -> _Seen:
    """``fetched``: where documents of a site on the web are put."""
    if on_the_web(order.target):
        cookies = _logged_in(order)
        survey, origin = crawl(order.target, order.choice, fetched, cookies)
        return _Seen(survey, None, origin, cookies=cookies)
    path = Path(order.target)
    built = manifest.read(order.manifest) if order.manifest else None
    below = normal_base(base_path(order, built))
    if order.files:
        survey, folder = survey_files(path, order.files), path
    elif path.is_file():
        survey, folder = survey_file(path), path.parent
    else:
        survey, folder = survey_folder(path, built, order.config.exclude, below, today), path
    if built is not None:
        built.check(folder)
    return _Seen(survey, folder, STEADY_ORIGIN, below, built)


def _nothing(order: Order, sentence: str) -> Report:
    """The report of a run that has looked at nothing."""
    return Report(
        tool={"stepfree": importlib.metadata.version("stepfree")},
        profile=order.policy.profile,
        target=target_name(order.target),
        pages=(),
        findings=(),
        errors=(RunError("the run", sentence, "run"),),
    )


def look(
    order: Order,
    rules: tuple[LoadedRule, ...],
    survey: Survey,
    folder: Path | None,
    origin: str,
    base_path: str,
    built: manifest.Manifest | None,
    lists: Lists,
    today: dt.date,
    hear: Listener,
    cookies: tuple[Cookie, ...] = (),
) -> Report:
    """Every stage after the survey, on a site that is served at ``origin``, or by each worker from ``folder``."""
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder())
        records = scratch / "records"
        records.mkdir()
        job = _job(order, rules, origin, base_path, scratch, folder, built)
        if cookies:
            signed = replace(job.capture, cookies=as_parameters(cookies), signed_in=order.config.access.signed_in)
            job = replace(job, capture=signed)
        unsent = () if job.capture.forms else [rule.id for rule in rules if Condition.FORMS in rule.rule.needs]
        run = PageResults(records, Locator(built), unsent=frozenset(unsent))
        for page, reason in survey.missing:
            run.states[page.address] = PageResult(page.address, page.file, PageState.NOT_AUDITED, reason)
        for page, reason in survey.excluded:
            run.states[page.address] = PageResult(page.address, page.file, PageState.EXCLUDED, reason)
        _pages(order, survey, job, run, hear)
        # From here on it takes moments, documents left out, and what was found is not lost any more.
        asked = stack.enter_context(held())
        run.settle_redirects()
        run.settle_journeys()
        run.settle_frames()
        if folder is not None:
            _unchanged(survey, Folder(folder.resolve(), base_path), run)
        _unopened(survey, folder, base_path, run)
        hear.stage("Comparing pages")
        site = Site(
            pages=dict(sorted(run.sites.items())),
            files=survey.files,
            root=(STEADY_ORIGIN if folder is not None else origin) + base_path,
            base_path=base_path,
            today=today,
            settings=order.config.site,
            answers=survey.answers,
        )
        if survey.documents:
            hear.stage("Reading documents")
            workers = order.workers or order.config.workers or os.cpu_count() or 1
            opener = (
                partial(open_books, job=job, rules=rules, workers=workers, stop=asked) if order.use_browser else None
            )
            book_documents(survey, folder, order.base, rules, site, built, run, workers, job, opener, asked)
        report = conclude(order, rules, survey, run, site, built, lists)
        return broken_off(report) if asked() else report


def broken_off(report: Report) -> Report:
    """The report, saying that somebody has ended the run before its time."""
    return replace(report, errors=(*report.errors, RunError("the run", "The run was interrupted.", "run")))


def _job(
    order: Order,
    rules: tuple[LoadedRule, ...],
    origin: str,
    base_path: str,
    scratch: Path,
    folder: Path | None,
    built: manifest.Manifest | None,
) -> Job:
    page_rules = [rule for rule in rules if rule.rule.family in PAGE_FAMILIES]
    allowed = order.config.site.get("third_parties", ())
    hosts = allowed if isinstance(allowed, list | tuple) else ()
    return Job(
        origin=origin,
        base_path=base_path,
        needs=conditions(page_rules),
        rules=tuple(rule.id for rule in rules),
        browser=browser_settings(order, built),
        capture=CaptureSettings(
            page=order.config.timeout,
            axe_script=order.config.axe_script,
            allowed=tuple(host if "://" in host else f"https://{host}" for host in map(str, hosts))
            if folder is not None
            else ("*",),
            forms=folder is not None,
            own=bool(page_rules),
            folder=folder is not None,
        ),
        cache=order.config.cache.resolve() if order.use_cache and folder is not None else None,
        scratch=scratch,
        folder=folder.resolve() if folder is not None else None,
        steady=folder is not None,
        words=order.config.words.resolve() if order.config.words else None,
        packs=order.config.rules,
        access=order.config.access,
        regions=order.config.regions,
    )


def _pages(order: Order, survey: Survey, job: Job, run: PageResults, hear: Listener) -> None:
    """Look at every page that is to be opened; each ends in the table of states."""
    expected = {page.address: page for page in survey.pages}
    if not order.use_browser:
        for page in survey.pages:
            run.take(expected, _not_opened(page))
        return
    hear.stage("Auditing")
    hear.pages(len(survey.pages))
    kept: Kept | Unfinished | None = None
    tasks = []
    try:
        kept = Kept.of(job) or Unfinished.of(job, order.config.cache, resume=order.resume)
        for page in survey.pages:
            if page.state is not None:
                # What a journey leads to depends on what was done on the way.
                tasks.append(PageTask(page))
                continue
            record = kept.read(page) if kept else None
            if record is not None:
                run.take(expected, record)
                hear.page(record)
            else:
                tasks.append(PageTask(page, kept.capture(page) if kept else None))
        size = min(order.workers or order.config.workers or usual_workers(), max(1, len(tasks)))
        with Pool(job, size, 2 * job.capture.page + PATIENCE + (GRID_PATIENCE if job.browser.grid else 0)) as pool:
            for _, data, record in pool.run(tasks):
                if kept is not None and expected[record.address].state is None:
                    kept.write(expected[record.address], record, data)
                run.take(expected, record)
                hear.page(record)
    except KeyboardInterrupt:
        run.errors.append(
            RunError(
                "the run", "The run was interrupted. Pages that had not been opened by then were not audited.", "run"
            )
        )
    for page in survey.pages:
        if page.address not in run.states:
            run.take(expected, PageRecord(page.address, PageState.NOT_AUDITED, BROKEN_OFF))
    if kept is not None:
        run.notes += kept.close()


def _unchanged(survey: Survey, site: Folder, run: PageResults) -> None:
    """What is said counts for the folder as it is now: a file that changed meanwhile makes the audit incomplete."""
    changed = {path for path, lines in run.answers.items() if lines != {site.told(path)}}
    now, _ = named_files(files_of(site.root))
    for file in set(survey.files) ^ set(now):
        changed.add(unquote(site.base_path) + file)
    if changed:
        named = ", ".join(sorted(changed)[:3]) + (" and others" if len(changed) > 3 else "")
        sentence = (
            f"The site changed while it was audited ({named}), so what was seen is not what is there now."
            " Run the audit again, and don’t build in the meantime."
        )
        run.errors.append(RunError("the site", sentence, "site"))


def usual_workers() -> int:
    """Three for two processors: a browser often waits for its next frame, and leaves its processor to another."""
    processors = os.cpu_count() or 1
    return processors + processors // 2


def _not_opened(page: ExpectedPage) -> PageRecord:
    return PageRecord(page.address, PageState.NOT_AUDITED, "No browser was to be used (--no-browser).")


def _unopened(survey: Survey, folder: Path | None, base_path: str, run: PageResults) -> None:
    """What the site rules need of pages that no browser has opened, from their bytes."""
    if folder is None:
        return
    excluded = [page for page, _ in survey.excluded]
    for page in (*survey.pages, *excluded):
        if page.address not in run.sites and page.file is not None:
            url = STEADY_ORIGIN + base_path + page.address.lstrip("/")
            run.sites[page.address] = read_page((folder / page.file).read_bytes(), url, page)
            run.counts[page.address] = None


__all__ = ["Listener", "Order", "Silence", "audit", "base_path", "chosen_rules", "look", "usual_workers"]
