"""A part killed or stopped, or the run asked to end, at a random moment: no finding is lost, and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.browser.processes import descendants
from audit.run.interruption import SIGNALS
from benchmarks.hostile.running import Run, Running, problems, stepfree

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page {at}</title></head>'
    '<body><main><h1>Page {at}</h1><p>Words of this page.</p><img src="dot.svg">{links}</main></body></html>'
)
#: What is hit, by a word on its command line.
TARGETS = {
    "worker": "spawn_main",
    "driver": "chromedriver",
    "browser": "--headless",
    "renderer": "--type=renderer",
    "reader": "forkserver import main",
}
#: What the command says at the beginning of each stage.
STAGES = ("", "Surveying", "Auditing", "Comparing pages", "Reading documents", "Taking pictures", "Report:")
#: Seconds for a page: these are small, and a browser that stands still is given up after them.
TIMEOUT = 40


def site(folder: Path, pages: int) -> Path:
    """Small pages with one fault each, and a book."""
    folder.mkdir(parents=True)
    (folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    links = "".join(f'<p><a href="p{at}.html">Page {at}</a></p>' for at in range(1, pages))
    links += '<p><a href="book.epub">A book (EPUB)</a></p>'
    for at in range(pages):
        name = f"p{at}.html" if at else "index.html"
        (folder / name).write_text(PAGE.format(at=at, links="" if at else links), encoding="utf-8")
    _book(folder / "book.epub")
    return folder


def _book(file: Path) -> None:
    chapters = range(1, 3)
    items = "".join(f'<item id="c{at}" href="c{at}.xhtml" media-type="application/xhtml+xml"/>' for at in chapters)
    order = "".join(f'<itemref idref="c{at}"/>' for at in chapters)
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
        ),
        "book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">book</dc:identifier>'
            f"<dc:title>A book</dc:title><dc:language>en</dc:language></metadata><manifest>{items}</manifest>"
            f"<spine>{order}</spine></package>"
        ),
        **{
            f"c{at}.xhtml": (
                '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Chapter</title></head>'
                f"<body><h1>Chapter {at}</h1><p>Words of this chapter.</p></body></html>"
            )
            for at in chapters
        },
    }
    with zipfile.ZipFile(file, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)


def disturbed(count: int, pages: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """What was done in each of ``count`` runs, and what was wrong then."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = site(place / "site", pages)
        arguments = ["audit", str(folder), "--profile", "wcag22-aa", "--workers", "2"]
        quiet = stepfree(arguments, _work(place, "quiet"))
        yield "undisturbed", problems(quiet, {1})
        for at in range(count):
            disturbance = _part(chance, quiet.seconds) if chance.random() < 0.5 else _end(chance)
            work = _work(place, f"run-{at}")
            run = stepfree(arguments, work, disturb=disturbance.act)
            yield (
                f"{at}: {disturbance.told}, exit {run.exit_code}, {run.seconds:.0f} s",
                _wrong(run, quiet, disturbance.codes) + _afterwards(arguments, work, quiet),
            )


def _work(place: Path, name: str) -> Path:
    work = place / name
    work.mkdir()
    (work / "stepfree.toml").write_text(f"[audit]\ntimeout = {TIMEOUT}\n", encoding="utf-8")
    return work


@dataclass
class Disturbance:
    """Something that happens to a run, and the exit codes that are right then."""

    told: str
    codes: frozenset[int]
    act: Callable[[Running], None]


def _part(chance: random.Random, seconds: float) -> Disturbance:
    """One process below the run is killed or stopped after some seconds."""
    target = chance.choice(sorted(TARGETS))
    number = chance.choice((signal.SIGKILL, signal.SIGSTOP))
    after = chance.uniform(0, seconds)
    which = chance.random()

    def act(running: Running) -> None:
        time.sleep(after)
        while running.process.poll() is None:
            found = list(_named(running.process.pid, TARGETS[target]))
            if found:
                with contextlib.suppress(OSError):
                    os.kill(found[int(which * len(found))], number)
                    return
            time.sleep(0.05)
        told.told += " (there was none)"

    told = Disturbance(f"{number.name} for a {target} after {after:.1f} s", frozenset({1, 4}), act)
    return told


def _named(pid: int, word: str) -> Iterator[int]:
    for each in descendants(pid):
        with contextlib.suppress(OSError):
            line = Path(f"/proc/{each}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ")
            if word in line:
                yield each


def _end(chance: random.Random) -> Disturbance:
    """The run is asked to end, or killed, in one of its stages: alone, or with all its processes, as a terminal does."""
    number = chance.choice((*SIGNALS, signal.SIGKILL))
    stage = chance.choice(STAGES)
    after = chance.choice((0.0, 0.0, 0.3, 1.0, 3.0))
    # A terminal that is closed or told of Ctrl-C tells all; a second press is likely.
    whole = number is not signal.SIGKILL and chance.random() < 0.5
    times = chance.choice((1, 1, 2))

    def act(running: Running) -> None:
        if not running.reached(stage):
            return
        time.sleep(after)
        for _ in range(times):
            with contextlib.suppress(OSError):
                (os.killpg if whole else os.kill)(running.process.pid, number)
            time.sleep(0.2)

    codes = {4, 1} if number is not signal.SIGKILL else {-signal.SIGKILL, 1}
    if not stage:
        # Before Python has come to our own code, the system's own ending is what there is.
        codes |= {-number, 128 + number}
    where = f"“{stage}”" if stage else "its start"
    whom = "all" if whole else "the run"
    return Disturbance(f"{number.name} for {whom}, {times}×, {after:g} s after {where}", frozenset(codes), act)


def _wrong(run: Run, quiet: Run, codes: frozenset[int]) -> list[str]:
    found = problems(run, set(codes))
    if run.exit_code == 1 and run.findings != quiet.findings:
        found.append("findings were lost without a word")
    if run.exit_code == 4 and "Surveying" in run.said and not run.told:
        found.append("there is no report that can be read")
    if run.exit_code == 4 and run.told and not run.told["errors"] and not _not_audited(run):
        found.append("nothing in the report says why it is not complete")
    audited = {address for address, (state, _) in run.pages.items() if state == "audited"}
    lost = {(page, rule) for page, rule in quiet.findings if page in audited} - run.findings
    if lost:
        found.append(f"findings of pages that were audited were lost: {sorted(lost)[:3]}")
    if run.pages and run.pages.keys() != quiet.pages.keys():
        found.append("pages are missing from the report")
    return found


def _not_audited(run: Run) -> list[str]:
    return [address for address, (state, _) in run.pages.items() if state == "not_audited"]


def _afterwards(arguments: Sequence[str], work: Path, quiet: Run) -> list[str]:
    """What is wrong with the next run in the same place: it must end as if nothing had happened before."""
    run = stepfree(arguments, work)
    found = problems(run, {1})
    if run.report != quiet.report:
        found.append("other bytes in its report")
    return [f"the next run: {each}" for each in found]
