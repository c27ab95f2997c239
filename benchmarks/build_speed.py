"""Builds of 1,000 programs and 300 other pages, beside plain Pelican with its bundled theme.

    python -m benchmarks.build_speed [--rounds 3] [--programs 1000] [--pages 300] [--dry]

Both build the same texts from the same number of files, each in a process of its own: cold, with
nothing kept from before; ours then with nothing changed, and with one sentence more in one program.
Processor time is compared, because a machine does other things too; the best round of each counts.
Our build writes more: calendars, feeds, structured data, the search index and the manifest.
Ratios are written to ``benchmarks/results.md``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import write

REPOSITORY = Path(__file__).resolve().parents[1]
#: A cold build may take this many times plain Pelican's processor time.
COLD = 0.8
#: Seconds of the processor from one edit to the site, on 10,000 pages.
EDIT = 2.0
_WORDS = [
    "the",
    "library",
    "lends",
    "books",
    "tools",
    "seeds",
    "laptops",
    "hotspots",
    "games",
    "music",
    "films",
    "maps",
    "and",
    "more",
    "to",
    "everyone",
    "who",
    "lives",
    "works",
    "or",
    "studies",
    "in",
    "the",
    "county",
]

_LIBRARY = """\
name: Test County Public Library
short_name: Test Library
url: https://library.example.org
address: {street: 1 Main Street, town: Testville, postal_code: K0M 1S0}
phone: 705-555-0142
email: info@library.example.org
catalogue: {system: koha, host: "https://catalogue.example.org"}
"""
_BRANCH = """\
---
title: Main branch
address: {street: 2 Bridge Street, town: Minden, postal_code: K0M 2K0}
phone: 705-555-0143
hours:
  week: {tuesday: "10:00-17:00", wednesday: "10:00-17:00", thursday: "10:00-17:00", friday: "10:00-17:00"}
---
Come in.
"""
_PROGRAM = """\
---
title: Program number {number}
summary: {summary}
starts: {day} 10:30
ends: {day} 11:30
branch: main
audience: [adults]
kind: maker
registration: {{needed: drop-in}}
---
{body}"""
_PLAIN_SETTINGS = """\
AUTHOR = SITENAME = "Library"
SITEURL = ""
PATH = "content"
TIMEZONE = "America/Toronto"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 10
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
LOAD_CONTENT_CACHE = CACHE_CONTENT = False
"""
_OUR_BUILD = """\
import datetime, sys
from pathlib import Path
repository, folder = Path(sys.argv[1]), Path(sys.argv[2])
sys.path.insert(0, str(repository / "plugins"))
import library_site
library_site.build(
    repository / "pelicanconf.py", folder / "output", folder / "manifest.json", False,
    datetime.date(2026, 11, 22), {"PATH": str(folder / "content"), "STEPFREE_ROOT": str(folder)},
)
"""


PLAIN, EDITED = "Plain Pelican, cold", "Stepfree, one sentence changed"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one build: on the clock, and of the processor with its child processes."""

    wall: float
    processor: float


def main() -> int:
    """Run the benchmark; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--dry", action="store_true", help="write nothing to benchmarks/results.md")
    options = parser.parse_args()
    runs: dict[str, list[Timing]] = {PLAIN: [], "Stepfree, cold": [], "Stepfree, nothing changed": [], EDITED: []}
    with tempfile.TemporaryDirectory(prefix="build-speed-") as name:
        folder = Path(name)
        write_both(folder, options.programs, options.pages)
        program = folder / "ours" / "content" / "programs" / f"p{options.programs // 2:05}.md"
        for number in range(options.rounds):
            shutil.rmtree(folder / "ours" / ".cache", ignore_errors=True)
            for name_, found in runs.items():
                if name_ == EDITED:
                    text = program.read_text(encoding="utf-8")
                    program.write_text(f"{text}\nCoats can be left at desk {number}.\n", encoding="utf-8")
                found.append(plain_build(folder / "plain") if name_ == PLAIN else our_build(folder / "ours"))
                print(f"round {number + 1}, {name_}: {_shown(found[-1])}", file=sys.stderr)
    lines, missed = table({name: min(found, key=lambda run: run.processor) for name, found in runs.items()})
    print("\n".join(lines))
    if not options.dry:
        heading = f"Builds of {options.programs + options.pages:,} pages"
        write(heading, lines, dt.datetime.now(tz=dt.UTC).date())
    return int(missed)


def table(best: Mapping[str, Timing]) -> tuple[list[str], bool]:
    """The lines for the page of results, and whether a bar is missed."""
    plain = best[PLAIN]
    lines = ["| Build | processor, times plain Pelican | clock, times plain Pelican | processor, s |"]
    lines.append("| --- | --- | --- | --- |")
    for name, run in best.items():
        ratios = f"{run.processor / plain.processor:.2f} | {run.wall / plain.wall:.2f}"
        lines.append(f"| {name} | {ratios} | {run.processor:.1f} |")
    ratio, edit = best["Stepfree, cold"].processor / plain.processor, best[EDITED].processor
    lines += [
        "",
        f"- cold: {ratio:.2f} times plain Pelican; the bar of {COLD:g} is {'missed' if ratio > COLD else 'held'}",
        f"- one edit: {edit:.1f} s of a processor; the bar is {EDIT:g} s on 10,000 pages",
    ]
    return lines, ratio > COLD or edit > EDIT


def write_both(folder: Path, programs: int, pages: int) -> None:
    """Write the same texts as a library's content and as a plain blog's."""
    ours, plain = folder / "ours" / "content", folder / "plain" / "content"
    for each in (ours / "programs", ours / "pages", ours / "branches", plain / "pages"):
        each.mkdir(parents=True)
    (ours / "library.yml").write_text(_LIBRARY, encoding="utf-8")
    (ours / "branches" / "main.md").write_text(_BRANCH, encoding="utf-8")
    (ours / "pages" / "index.md").write_text("---\ntitle: Home\n---\nWelcome.\n", encoding="utf-8")
    (folder / "plain" / "pelicanconf.py").write_text(_PLAIN_SETTINGS, encoding="utf-8")
    chance = random.Random(1)
    for number, day in zip(range(programs), _open_days(chance), strict=False):
        summary, body = _paragraph(chance)[:150], _body(chance)
        text = _PROGRAM.format(number=number, summary=summary, day=day, body=body)
        (ours / "programs" / f"p{number:05}.md").write_text(text, encoding="utf-8")
        text = f"Title: Program number {number}\nDate: {day}\nCategory: maker\nSummary: {summary}\n\n{body}"
        (plain / f"p{number:05}.md").write_text(text, encoding="utf-8")
    for number in range(pages):
        summary, body = _paragraph(chance)[:150], _body(chance)
        name = f"s{number:05}.md"
        (ours / "pages" / name).write_text(
            f"---\ntitle: Page number {number}\nsummary: {summary}\n---\n{body}", encoding="utf-8"
        )
        (plain / "pages" / name).write_text(
            f"Title: Page number {number}\nSummary: {summary}\n\n{body}", encoding="utf-8"
        )


def our_build(folder: Path) -> Timing:
    """Build the library's site."""
    return _timed([sys.executable, "-c", _OUR_BUILD, str(REPOSITORY), str(folder)], folder)


def plain_build(folder: Path) -> Timing:
    """Build the blog with Pelican as it comes."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    return _timed([sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-q"], folder)


def _timed(command: list[str], folder: Path) -> Timing:
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # Code is compiled once, as on any machine that builds for the second time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timing(end - begin, used)


def _shown(timing: Timing) -> str:
    return f"{timing.processor:.1f} s of processor ({timing.wall:.1f} s)"


def _open_days(chance: random.Random) -> Iterator[dt.date]:
    """Days from Tuesday to Friday in the half year after the day of the build."""
    while True:
        day = dt.date(2026, 11, 24) + dt.timedelta(days=chance.randrange(180))
        if day.weekday() in {1, 2, 3, 4}:
            yield day


def _paragraph(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(60)).capitalize() + "."


def _body(chance: random.Random) -> str:
    first, second, third, item = (_paragraph(chance) for _ in range(4))
    return (
        f"{first} See [the catalogue](https://example.org/) and *more*.\n\n## What to bring\n\n"
        f"- your card\n- a friend\n- {item[:60]}\n\n{second}\n\n## Who can come\n\n{third}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
