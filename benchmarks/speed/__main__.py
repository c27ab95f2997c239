"""``python -m benchmarks.speed``: what an audit costs.

``tools`` runs ours and other tools on the same pages of the built site, one after the other and round by round,
so that a machine that grows busy makes all of them dearer alike. ``edits`` audits the whole site: cold, with
nothing changed, and with one sentence changed in one program. Ratios are written to ``benchmarks/results.md``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from audit.errors import AuditError, ExitCode
from audit.survey.server import Server
from benchmarks.detection.pages import chosen
from benchmarks.results import write
from benchmarks.speed.edits import EDITS, edits
from benchmarks.speed.measuring import Spent, measured
from benchmarks.speed.tools import Pages, Tool, kept, tools

ROOT = Path(__file__).parents[2]
#: The whole audit of a page may cost this many times what plain Selenium with axe-core costs, and axe-core's
#: rules alone this many times what pa11y-ci costs.
WHOLE, ALONE = 2.0, 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=__doc__)
    parser.add_argument("what", choices=("tools", "edits"), nargs="?", default="tools")
    parser.add_argument("--site", type=Path, default=Path("build/site"), metavar="DIR", help="the built site")
    parser.add_argument("--pages", type=int, default=24, metavar="N", help="tools: on how many pages (24, 200, 1000)")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="tools: how often each runs")
    parser.add_argument("--npm", type=Path, metavar="DIR", help="where `npm install pa11y-ci @axe-core/cli` was run")
    parser.add_argument(
        "--repository", type=Path, default=ROOT, metavar="DIR", help="edits: the library's files, if not those here"
    )
    parser.add_argument("--dry", action="store_true", help="write nothing to benchmarks/results.md")
    options = parser.parse_args(arguments)
    if options.pages < 1 or options.rounds < 1:
        parser.error("--pages and --rounds want numbers from 1 on")
    site = options.site if options.site.is_absolute() else ROOT / options.site
    if options.what == "edits":
        lines, status = edits(options.repository, ROOT)
        heading = EDITS
    elif site.is_dir():
        lines, status = _tools(site, options.pages, options.rounds, options.npm)
        heading = f"The audit of {options.pages} pages beside other tools"
    else:
        print(f"There is no folder {options.site}. Build the site first: make html.", file=sys.stderr)
        return ExitCode.NOTHING_TO_AUDIT
    print("\n".join(lines))
    if not options.dry:
        write(heading, lines, dt.datetime.now(tz=dt.UTC).date())
    return status


def _tools(site: Path, number: int, rounds: int, npm: Path | None) -> tuple[list[str], int]:
    spent: defaultdict[str, list[Spent]] = defaultdict(list)
    said: dict[str, str] = {}
    measuring = [*tools(npm), kept()]
    with tempfile.TemporaryDirectory(prefix="stepfree-speed-") as place:
        # A build that runs meanwhile must not change what is measured.
        copy = Path(place) / "site"
        shutil.copytree(site, copy)
        names = chosen(copy, number)
        with Server(copy) as server:
            addresses = [server.root + name for name in names]
            scratch = Path(place) / "scratch"
            scratch.mkdir()
            pages = Pages(copy, [copy / name for name in names], addresses, scratch)
            # What is kept must be there before it can be measured.
            measured(kept().command(pages), scratch)
            for _ in range(rounds):
                for tool in measuring:
                    if tool.missing:
                        said[tool.name] = tool.missing
                        continue
                    run = measured(tool.command(pages), scratch)
                    print(f"{tool.name}: {run.cpu:.1f} s of the processor, {run.wall:.1f} s", file=sys.stderr)
                    if run.status not in tool.fine:
                        last = next((each for each in reversed(run.output.splitlines()) if each.strip()), "")
                        said[tool.name] = f"failed with status {run.status}: {last.strip()[:120]}"
                    else:
                        spent[tool.name].append(run)
    return _table(measuring, spent, said, len(names))


def _table(
    measuring: Sequence[Tool], spent: dict[str, list[Spent]], said: dict[str, str], number: int
) -> tuple[list[str], int]:
    """The lines, and the exit status: 1 when a bar is missed."""
    best = {name: min(runs, key=lambda run: run.cpu) for name, runs in spent.items() if runs}
    first = best.get(measuring[0].name)
    lines = [
        f"Mean of {number} pages of our own site; the best round of each.",
        "",
        "| Tool | processor, s a page | times plain Selenium | clock, times plain Selenium |",
        "| --- | --- | --- | --- |",
    ]
    for tool in measuring:
        run = best.get(tool.name)
        if run is None or first is None:
            lines.append(f"| {tool.name} | {said.get(tool.name, 'not measured')} | | |")
        else:
            ratios = f"{run.cpu / first.cpu:.2f} | {run.wall / first.wall:.2f}"
            lines.append(f"| {tool.name} | {run.cpu / number:.2f} | {ratios} |")
    status = ExitCode.NOTHING_BLOCKS
    bars = (
        ("Stepfree, everything", measuring[0].name, WHOLE),
        ("Stepfree, axe-core's rules alone", "pa11y-ci, axe runner", ALONE),
    )
    lines.append("")
    for name, other, bar in bars:
        if name not in best or other not in best:
            lines.append(f"- {name}, times {other}: not measured; the bar is {bar:g}.")
            continue
        ratio = best[name].cpu / best[other].cpu
        missed = ratio > bar
        status = ExitCode.BLOCKING_FINDINGS if missed else status
        lines.append(f"- {name}: {ratio:.2f} times {other}; the bar of {bar:g} is {'missed' if missed else 'held'}.")
    return lines, status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AuditError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
