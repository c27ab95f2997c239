"""What the audit costs in CPU time, beside axe-core alone.

Measured on the pages of a built site in one run: axe-core alone (open the page, let it come
to rest, run all rules of axe-core), a visit without further conditions, a visit with each
condition alone, a visit with all of them, and the rules by family. CPU time of the browser,
its driver and this process is counted, so other work on the machine matters little.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from axe_selenium_python import Axe

from audit.browser.browser import Browser
from audit.capture.settings import CaptureSettings
from audit.capture.visit import NotCaptured, visit
from audit.errors import UsageError
from audit.examination.examination import PAGE_FAMILIES, examine
from audit.model.finding import Condition
from audit.model.page import Page
from audit.rules import load
from audit.run.order import conditions as conditions_of
from audit.survey.server import Server
from benchmarks.detection.pages import chosen

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds for each thing that was measured, summed over ``pages`` pages."""

    pages: int
    axe: float
    visit: float
    conditions: dict[Condition, float]
    everything: float
    rules: dict[str, float]

    @property
    def ratio(self) -> float:
        """The whole audit over axe-core alone."""
        return (self.everything + sum(self.rules.values())) / self.axe


def measure(site: Path, number: int, tell: Callable[[str], None]) -> Cost:
    """Measure on ``number`` pages of a built site.

    Raises:
        UsageError: there is no process table to read CPU times from, or no page.
    """
    if not (PROC / "self" / "stat").exists():
        raise UsageError("CPU times of the browser can be read on Linux only.")
    pages = chosen(site, number)
    if not pages:
        raise UsageError(f"There is no page in {site}.", "Build the site first: make html.")
    # What a run asks for, and no more.
    needs = conditions_of(rule for rule in load().values() if rule.rule.family in PAGE_FAMILIES)
    with Browser() as browser, Server(site, "/") as server:
        meter = Meter(browser)
        urls = [(server.root + quote(page), "/" + page) for page in pages]
        # The first page warms the browser; it is measured nowhere.
        _axe_alone(browser, urls[0][0])
        axe = plain = everything = 0.0
        conditions: dict[Condition, float] = {
            condition: 0.0 for condition in Condition if condition in needs - {Condition.WIDE}
        }
        captured: list[Page] = []
        # Page by page, so that a machine that grows busy during the run makes all of it dearer alike.
        for number, page in enumerate(urls, 1):
            browser.fresh()
            axe += meter.of(partial(_axe_alone, browser, page[0]))
            plain += _visit(browser, meter, page, frozenset())[0]
            for condition in conditions:
                conditions[condition] += _visit(browser, meter, page, frozenset({condition}))[0]
            seconds, whole = _visit(browser, meter, page, needs)
            everything += seconds
            captured.append(whole)
            tell(f"{number} of {len(urls)}: {page[1]}, axe-core alone {axe:.1f} s, all conditions {everything:.1f} s")
    return Cost(len(pages), axe, plain, conditions, everything, _rules(captured))


def _axe_alone(browser: Browser, url: str) -> None:
    driver: Any = browser.driver
    driver.get(url)
    while driver.execute_script("return document.readyState") != "complete":
        time.sleep(0.05)
    axe = Axe(driver)
    axe.inject()
    driver.execute_script(
        "window.allRules = Object.fromEntries(axe.getRules().map((r) => [r.ruleId, {enabled: true}]))"
    )
    axe.run(options="{rules: window.allRules}")


def _visit(browser: Browser, meter: Meter, page: tuple[str, str], needs: frozenset[Condition]) -> tuple[float, Page]:
    """CPU seconds of one visit, and what it recorded."""
    url, address = page
    browser.fresh()
    captured: list[Page] = []
    try:
        seconds = meter.of(lambda: captured.append(visit(browser, url, address, needs, CaptureSettings())))
    except NotCaptured as error:
        raise UsageError(f"The measurement stopped: {error.sentence}") from error
    return seconds, captured[0]


def _rules(pages: Sequence[Page]) -> dict[str, float]:
    """CPU seconds of the rules by family, and of taking over axe-core's results."""
    cost: defaultdict[str, float] = defaultdict(float)
    rules = [rule for rule in load().values() if rule.rule.family in PAGE_FAMILIES]
    for page in pages:
        for family in sorted({rule.rule.family for rule in rules}):
            begin = time.process_time()
            examine(page, [rule for rule in rules if rule.rule.family == family])
            cost[family.value] += time.process_time() - begin
    return dict(cost)


class Meter:
    """CPU time of the browser's processes, its driver and this process."""

    def __init__(self, browser: Browser) -> None:
        # To ask for the driver would have it follow the tab, which costs time.
        self._process = int(browser.driver.capabilities["goog:processID"])

    def of(self, work: Callable[[], None]) -> float:
        """CPU seconds that the work takes; processes that begin and end within it are not seen."""
        before, own = self._table(), time.process_time()
        work()
        after = self._table()
        spent = sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
        return spent + time.process_time() - own

    def _table(self) -> dict[int, float]:
        parents: dict[int, int] = {}
        seconds: dict[int, float] = {}
        tick = 100
        for folder in PROC.iterdir():
            if not folder.name.isdecimal():
                continue
            try:
                fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(folder.name)
            parents[pid] = int(fields[1])
            seconds[pid] = (int(fields[11]) + int(fields[12])) / tick
        browser = self._process
        # The driver has started the browser, and works for it; so has this process the driver.
        ours = {browser, parents.get(browser, browser)} - {os.getpid(), 1}
        grew = True
        while grew:
            more = {pid for pid, parent in parents.items() if parent in ours} - ours
            grew = bool(more)
            ours |= more
        return {pid: seconds[pid] for pid in ours if pid in seconds}


def table(cost: Cost) -> str:
    """The cost as a table: CPU milliseconds per page, and times axe-core alone."""
    rows = [("axe-core alone", cost.axe), ("a visit: open, rest, record, axe-core", cost.visit)]
    rows += [(f"  + {condition.value}", seconds - cost.visit) for condition, seconds in cost.conditions.items()]
    rows += [("a visit with all conditions", cost.everything)]
    rows += [(f"rules: {family}", seconds) for family, seconds in sorted(cost.rules.items())]
    rows += [("the whole audit", cost.everything + sum(cost.rules.values()))]
    lines = [f"{'CPU per page, mean of ' + str(cost.pages):44}{'ms':>8}{'x axe':>8}"]
    lines += [f"{name:44}{1000 * seconds / cost.pages:>8.0f}{seconds / cost.axe:>8.2f}" for name, seconds in rows]
    return "\n".join(lines)
