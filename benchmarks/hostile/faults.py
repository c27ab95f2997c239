"""Browser, driver or worker killed or stopped at a random moment: no finding is lost, and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from audit.browser.processes import descendants
from benchmarks.hostile.running import Run, problems, stepfree

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page {at}</title></head>'
    '<body><main><h1>Page {at}</h1><p>Words of this page.</p><img src="dot.svg">{links}</main></body></html>'
)
#: What is hit, by a word on its command line.
TARGETS = {"worker": "spawn_main", "driver": "chromedriver", "browser": "--headless", "renderer": "--type=renderer"}


def site(folder: Path, pages: int) -> Path:
    """Small pages with one fault each."""
    folder.mkdir(parents=True)
    (folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    links = "".join(f'<p><a href="p{at}.html">Page {at}</a></p>' for at in range(1, pages))
    for at in range(pages):
        name = f"p{at}.html" if at else "index.html"
        (folder / name).write_text(PAGE.format(at=at, links="" if at else links), encoding="utf-8")
    return folder


def _arguments(folder: Path, workers: int) -> list[str]:
    return ["audit", str(folder), "--no-cache", "--profile", "wcag22-aa", "--workers", str(workers), "--format", "json"]


def disturbed(count: int, pages: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """What was done in each of ``count`` runs, and what was wrong then."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        folder = site(work / "site", pages)
        quiet = stepfree(_arguments(folder, 2), work / "quiet")
        yield "undisturbed", problems(quiet, {1})
        for workers in (1, 4):
            run = stepfree(_arguments(folder, workers), work / f"workers-{workers}")
            same = [] if run.report == quiet.report else ["other bytes in the report than with two workers"]
            yield f"{workers} workers", problems(run, {1}) + same
        for at in range(count):
            target = chance.choice(sorted(TARGETS))
            number = chance.choice((signal.SIGKILL, signal.SIGSTOP))
            after = chance.uniform(0, 1)
            hit = _Hit(target, number, after * quiet.seconds)
            run = stepfree(_arguments(folder, 2), work / f"run-{at}", disturb=hit)
            yield f"{number.name} for a {target} after {hit.after:.1f} s{hit.told}", _compared(run, quiet)


class _Hit:
    """Sends a signal to one process below a run, after some seconds."""

    def __init__(self, target: str, number: signal.Signals, after: float) -> None:
        self.target, self.number, self.after = target, number, after
        self.told = " (there was none)"

    def __call__(self, process: subprocess.Popen[str]) -> None:
        time.sleep(self.after)
        while process.poll() is None:
            for pid in descendants(process.pid):
                with contextlib.suppress(OSError):
                    line = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
                    if TARGETS[self.target] in line:
                        os.kill(pid, self.number)
                        self.told = ""
                        return
            time.sleep(0.1)


def _compared(run: Run, quiet: Run) -> list[str]:
    found = problems(run, {1, 4})
    if run.exit_code == 1 and run.findings != quiet.findings:
        found.append("findings were lost without a word")
    audited = {address for address, (state, _) in run.pages.items() if state == "audited"}
    lost = {(page, rule) for page, rule in quiet.findings if page in audited} - run.findings
    if lost:
        found.append(f"findings of pages that were audited were lost: {sorted(lost)[:3]}")
    if run.pages.keys() != quiet.pages.keys():
        found.append("pages are missing from the report")
    return found
