"""Plants faults into a copy of the site and asks the audit where they are.

    python -m benchmarks.provenance [--seed 1] [--faults 300] [--only WORDS] [--keep FOLDER]

Exit status 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.provenance.kinds import PLANTED, REFUSED, REFUSED_LATER
from benchmarks.provenance.looking import build, look_at, refusals
from benchmarks.provenance.planting import LISTINGS, PAGES_OF_COMPONENTS, copy_project, plant, plant_theme
from benchmarks.provenance.scoring import score, score_refused, table

#: How many faults of each kind that the build refuses.
FOR_EACH_REFUSED = 6


def main() -> int:
    """Plant, build, look, score; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=300)
    parser.add_argument("--only", action="append", help="plant only kinds with these words in their names")
    parser.add_argument("--keep", type=Path, help="work in this folder, which is not there yet, and leave it")
    parser.add_argument("--details", action="store_true", help="say what was said of each fault that was not right")
    options = parser.parse_args()
    wanted = options.only or [""]
    kinds = tuple(kind for kind in PLANTED if any(words in kind.name for words in wanted))
    if not kinds:
        raise SystemExit(f"No kind has “{wanted[0]}” in its name.")
    folder = options.keep or Path(tempfile.mkdtemp(prefix="provenance-"))
    folder = folder / "built"
    folder.mkdir(parents=True)
    refused = []
    try:
        for number, refusable in enumerate(() if options.only else (REFUSED, REFUSED_LATER)):
            copy = folder.with_name(f"refused-{number}")
            copy.mkdir()
            copy_project(copy)
            planted = plant(copy, FOR_EACH_REFUSED * len(refusable), options.seed, refusable)
            refused += score_refused(planted, refusals(copy))
        copy_project(folder)
        of_theme = () if options.only else plant_theme(folder, options.seed)
        faults = (*plant(folder, options.faults - len(of_theme), options.seed, kinds), *of_theme)
        build(folder)
        print(f"{len(faults)} faults planted with seed {options.seed}; looking", file=sys.stderr)
        report = look_at(folder, faults, LISTINGS if options.only else (*PAGES_OF_COMPONENTS, *LISTINGS))
    finally:
        if options.keep is None:
            shutil.rmtree(folder.parent, ignore_errors=True)
    result = score(faults, report.findings)
    result.verdicts += refused
    print(table(result))
    for each in result.verdicts:
        if not (each.found and each.file and each.line and each.party):
            print(
                f"not right: {each.fault.kind.name} at {each.fault.path}:{each.fault.line}: {each.said or 'not found'}"
            )
    print(f"more facts about the text around them (a planted table has no caption, for instance): {len(result.strays)}")
    for stray in result.blamed_theme:
        print(f"put on the theme: {stray}")
    if options.details:
        print("\n".join(f"  {stray}" for stray in result.strays))
    for error in report.errors:
        print(f"error: {error.sentence}")
    for sentence in result.missed_bars:
        print(f"bar missed: {sentence}")
    return int(bool(result.missed_bars or report.errors))


if __name__ == "__main__":
    raise SystemExit(main())
