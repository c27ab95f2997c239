"""``python -m benchmarks.cost``: what the audit of our own site costs, beside axe-core alone.

Processor time of the browser and of this process, in one run over pages of the built site:
axe-core alone, each condition, each family of rules, and the whole.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from audit.errors import AuditError, ExitCode
from benchmarks.detection.cost import Cost, measure, table

ROOT = Path(__file__).parents[1]
#: The whole audit may cost this many times what axe-core alone costs.
BAR = 2.0


def verdict(cost: Cost) -> tuple[str, int]:
    """The last line, and the exit status: 1 when the bar is missed."""
    missed = cost.ratio > BAR
    words = "missed" if missed else "held"
    return (
        f"The whole audit costs {cost.ratio:.2f} times axe-core alone; the bar of {BAR:g} is {words}.",
        ExitCode.BLOCKING_FINDINGS if missed else ExitCode.NOTHING_BLOCKS,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.cost", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("build/site"), metavar="DIR", help="the built site")
    parser.add_argument("--pages", type=int, default=20, metavar="N", help="on how many pages, spread over the site")
    options = parser.parse_args(arguments)
    if options.pages < 1:
        parser.error("--pages wants a number from 1 on")
    site = options.site if options.site.is_absolute() else ROOT / options.site
    if not site.is_dir():
        print(f"There is no folder {options.site}. Build the site first: make html.", file=sys.stderr)
        return ExitCode.NOTHING_TO_AUDIT
    with tempfile.TemporaryDirectory(prefix="stepfree-cost-") as scratch:
        # A build that runs meanwhile must not change what is measured.
        copy = Path(scratch) / "site"
        shutil.copytree(site, copy)
        cost = measure(copy, options.pages, lambda line: print(line, file=sys.stderr))
    print(table(cost))
    line, status = verdict(cost)
    print(line)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AuditError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
