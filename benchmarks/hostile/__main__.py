"""``python -m benchmarks.hostile faults|heavy|places``: sites and machines at their worst, and how an audit ends."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from audit.errors import ExitCode
from benchmarks.hostile.faults import disturbed
from benchmarks.hostile.heavy import heavy
from benchmarks.hostile.places import places


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Exit status: 0 all ended as they should, 1 one did not."""
    parser = argparse.ArgumentParser(prog="benchmarks.hostile", description=__doc__)
    parser.add_argument("part", choices=("faults", "heavy", "places"))
    parser.add_argument("--runs", type=int, default=30, help="with faults: so many disturbed runs")
    parser.add_argument("--pages", type=int, default=8, help="with faults: of so many pages")
    parser.add_argument("--seed", type=int, default=1, help="of all chance")
    parser.add_argument("--only", default="", metavar="WORD", help="with heavy and places: cases with this word")
    options = parser.parse_args(arguments)
    runs = {
        "faults": lambda: disturbed(options.runs, options.pages, options.seed),
        "heavy": lambda: heavy(options.only),
        "places": lambda: places(options.only),
    }[options.part]()
    wrong = 0
    for name, found in runs:
        wrong += bool(found)
        print(f"{'WRONG' if found else 'right'}  {name}{': ' if found else ''}{'; '.join(found)}", flush=True)
    print(f"{wrong} ended otherwise than they should." if wrong else "All ended as they should.")
    return ExitCode.BLOCKING_FINDINGS if wrong else ExitCode.NOTHING_BLOCKS


if __name__ == "__main__":
    raise SystemExit(main())
