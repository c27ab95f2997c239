"""``python -m benchmarks.foreign FOLDER``: are faults that are stated on sites by others right?

FOLDER holds one folder for each site, called as in ``judged.toml``. Its pages are captured
once and kept; all rules about pages and axe-core are run on them, and what they state is held
against the judgements.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.errors import ExitCode
from benchmarks.detection.captures import Captures, Sheet, capture
from benchmarks.detection.run import Told, tell
from benchmarks.foreign.judged import ForeignSite, Verdict, load_sites
from benchmarks.foreign.scoring import BAR, Score, score, share_right


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Exit status: 0 enough is right, 1 too little is, 3 no site is there, 4 a page could not be looked at."""
    parser = argparse.ArgumentParser(prog="benchmarks.foreign", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that holds the sites")
    parser.add_argument("--site", nargs="+", default=[], metavar="NAME", help="only these")
    parser.add_argument("--cache", type=Path, default=Path("build/cache/foreign"), metavar="DIR")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="browsers at the same time")
    parser.add_argument("--unjudged", action="store_true", help="print what nobody has judged as TOML, to be filled in")
    options = parser.parse_args(arguments)
    sites = [site for site in load_sites() if not options.site or site.name in options.site]
    there = [site for site in sites if (options.folder / site.name).is_dir()]
    for site in sites:
        if site not in there:
            print(f"{site.name} ({site.package} {site.version}) is not in {options.folder}.", file=sys.stderr)
    if not there:
        print("Nothing was measured.", file=sys.stderr)
        return ExitCode.NOTHING_TO_AUDIT
    scores, problems = [], []
    for site in there:
        told = _look(site, options.folder / site.name, options.cache / site.name, options.workers)
        problems += told.problems
        scores.append(score(site, len(told.said), [one for said in told.said.values() for one in said]))
    _print(scores, unjudged=options.unjudged)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return ExitCode.INCOMPLETE
    return ExitCode.NOTHING_BLOCKS if share_right(scores)[0] >= BAR else ExitCode.BLOCKING_FINDINGS


def _look(site: ForeignSite, folder: Path, cache: Path, workers: int) -> Told:
    sheets = [Sheet(folder, "/", page) for page in site.pages]
    captures = Captures(cache)
    todo = [sheet for sheet in sheets if not captures.has(sheet)]
    capture(todo, cache, workers=max(1, workers), show=sys.stderr.isatty())
    return tell(sheets, cache)


def _print(scores: Sequence[Score], *, unjudged: bool) -> None:
    print(
        f"{'site':10} {'pages':>5} {'stated':>6} {'right':>6} {'disputed':>8} {'wrong':>5} {'not judged':>10} {'asked':>5}"
    )
    for each in scores:
        by = each.elements
        print(
            f"{each.site:10} {each.pages:5} {each.total:6} {by[Verdict.RIGHT]:6} {by[Verdict.DISPUTED]:8} "
            f"{by[Verdict.WRONG]:5} {each.unjudged.total():10} {each.questions:5}"
        )
    elements, statements = share_right(scores)
    print(f"right: {elements:.1%} of stated faults; {statements:.1%} of different statements (bar: {BAR:.0%})")
    for each in scores:
        for (rule, says), count in sorted(each.unjudged.items()):
            if unjudged:
                print(f'\n# {each.site}\n[[site.finding]]\nrule = "{rule}"\nsays = {_quoted(says)}\ncount = {count}')
                print('verdict = ""')
            else:
                print(f"not judged: {each.site}: {rule}: {says} ({count})")


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    raise SystemExit(main())
