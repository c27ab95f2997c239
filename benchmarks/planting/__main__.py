"""``python -m benchmarks.planting SITE``: faults planted into pages of a built site, and what is said of them."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.errors import ExitCode
from benchmarks.planting.faults import faults
from benchmarks.planting.measure import Verdict, measure, sown, stays

#: Stated at least so many times as often as by axe-core alone; and so many of all stated or asked.
TIMES, TOLD = 2.0, 0.80


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Exit status: 0 the bars are met, 1 one is missed, 3 there is no page or no such fault."""
    parser = argparse.ArgumentParser(prog="benchmarks.planting", description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", default=Path("build/site"), help="a folder of pages")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="kinds with this word or number")
    parser.add_argument("--seed", type=int, default=1, help="of all chance")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many of the kinds, drawn by the seed")
    parser.add_argument("--each", type=int, default=1, metavar="N", help="plant each kind into so many pages")
    parser.add_argument("--details", action="store_true", help="print everything that was said")
    options = parser.parse_args(arguments)
    pages = [each for each in sorted(options.site.rglob("*.html")) if stays(each)]
    chosen = faults(options.only)
    if options.sample:
        chosen = random.Random(options.seed).sample(chosen, min(options.sample, len(chosen)))
    if not pages or not chosen:
        print("There is no page in this folder, or no such fault.", file=sys.stderr)
        return ExitCode.NOTHING_TO_AUDIT
    verdicts = []
    for verdict in measure(options.site, sown(pages, chosen, options.seed, options.each)):
        verdicts.append(verdict)
        _print(verdict, details=options.details)
    print(table(verdicts))
    return ExitCode.NOTHING_BLOCKS if meets_bars(verdicts) else ExitCode.BLOCKING_FINDINGS


def _print(verdict: Verdict, *, details: bool) -> None:
    where = verdict.planted.page.name
    print(
        f"{verdict.ours:7} axe-core {verdict.axe:7} {verdict.planted.fault.name} ({where}) {verdict.problem}",
        flush=True,
    )
    said = verdict.told if details else ()
    for sign, lines in (("+", said), ("untrue", verdict.untrue), ("needless", verdict.needless)):
        for line in lines:
            print(f"        {sign} {line}", flush=True)


def meets_bars(verdicts: Sequence[Verdict]) -> bool:
    """Whether enough was told, and enough more than axe-core alone states."""
    ours, axe = _count(verdicts, "ours"), _count(verdicts, "axe")
    told = ours["stated"] + ours["asked"]
    return ours["stated"] >= TIMES * axe["stated"] and told >= TOLD * len(verdicts)


def table(verdicts: Sequence[Verdict]) -> str:
    """A Markdown table: the shares stated, asked and missed, by all rules and by axe-core alone."""
    total = len(verdicts)
    lines = ["| | Stated | Asked | Missed |", "|---|---|---|---|"]
    for name, which in (("all rules", "ours"), ("axe-core alone", "axe")):
        found = _count(verdicts, which)
        lines.append(f"| {name} | " + " | ".join(f"{found[each]} of {total}" for each in found) + " |")
    untrue, needless = (sum(bool(getattr(each, which)) for each in verdicts) for which in ("untrue", "needless"))
    return "\n".join([*lines, "", f"Mended fragments with a fault stated: {untrue}; with a question: {needless}."])


def _count(verdicts: Sequence[Verdict], which: str) -> dict[str, int]:
    return {word: sum(getattr(each, which) == word for each in verdicts) for word in ("stated", "asked", "missed")}


if __name__ == "__main__":
    sys.exit(main())
