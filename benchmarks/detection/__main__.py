"""``python -m benchmarks.detection``: what the auditor finds, misses and reports falsely."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.errors import AuditError, ExitCode
from benchmarks.detection import act, govuk
from benchmarks.detection.captures import Captures, Sheet, capture
from benchmarks.detection.cost import measure, table
from benchmarks.detection.report import missed_bars, print_act, print_barriers, print_said, print_totals
from benchmarks.detection.run import Told, tell

ROOT = Path(__file__).parents[2]
#: Endings of cases that the audit takes for documents, not for pages: nothing is said of them.
NO_PAGES = frozenset({".xml"})


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.detection", description=__doc__)
    add = parser.add_argument
    add("--corpus", choices=("act", "govuk", "all"), default="all", help="which test pages")
    add("--corpora", type=Path, default=Path("../shared/corpora"), metavar="DIR", help="where they are")
    add("--cache", type=Path, default=Path("build/cache/detection"), metavar="DIR", help="where captures are kept")
    add("--act", nargs="+", default=[], metavar="ID", help="only these ACT rules, with every case that is wrong")
    add("--barrier", metavar="TEXT", help="only GOV.UK barriers whose name holds this, with all that was said")
    add("--refresh", action="store_true", help="capture anew what was captured by an earlier state of the code")
    add("--workers", type=int, default=2, metavar="N", help="browsers that capture at the same time")
    add("--axe-only", action="store_true", help="what axe-core alone would find")
    add("--said", action="store_true", help="with --act or --barrier: print everything that was said of each page")
    add("--rules", nargs="+", default=[], metavar="RULE", help="everything that these rules of ours said, anywhere")
    add(
        "--cost",
        type=Path,
        nargs="?",
        const=Path("build/site"),
        metavar="SITE",
        help="measure CPU time on a built site",
    )
    add("--pages", type=int, default=20, metavar="N", help="with --cost: on how many pages")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Exit status: 0 measured, 1 a bar is missed, 3 no corpora, 4 some page or rule could not be run."""
    options = _arguments(arguments)
    if options.cost is not None:
        site = options.cost if options.cost.is_absolute() else ROOT / options.cost
        print(table(measure(site, options.pages, lambda line: print(line, file=sys.stderr))))
        return ExitCode.NOTHING_BLOCKS
    corpora = options.corpora if options.corpora.is_absolute() else ROOT / options.corpora
    wanted = _wanted(options)
    missing = [name for name in wanted if not (corpora / name).is_dir()]
    if missing:
        print(
            f"The test pages “{', '.join(missing)}” are not in {options.corpora}: nothing was measured. "
            "Name their folder with --corpora.",
            file=sys.stderr,
        )
        return ExitCode.NOTHING_TO_AUDIT
    cases = _cases(corpora / "act", options.act) if "act" in wanted else []
    barriers = _barriers(corpora / "govuk", options.barrier) if "govuk" in wanted else []
    paths = sorted({case.path for case in cases})
    sheets = [Sheet(corpora / "act", act.MOUNT, path) for path in paths if Path(path).suffix not in NO_PAGES]
    if len(sheets) < len(paths):
        print(f"Files that are no HTML page, and are not opened: {len(paths) - len(sheets)}", file=sys.stderr)
    pages = sorted({address[1:] for barrier in barriers for address in barrier.addresses})
    sheets += [Sheet(corpora / "govuk", "/", page) for page in pages]
    cache = options.cache if options.cache.is_absolute() else ROOT / options.cache
    captures = Captures(cache)
    todo = [sheet for sheet in sheets if not captures.has(sheet) or (options.refresh and captures.stale(sheet))]
    capture(todo, cache, workers=max(1, options.workers), show=sys.stderr.isatty())
    told = tell(sheets, cache, axe_only=options.axe_only)
    missed = _print(options, told, cases, barriers)
    for sentence in missed:
        print(sentence, file=sys.stderr)
    return _close(told) or (ExitCode.BLOCKING_FINDINGS if missed else ExitCode.NOTHING_BLOCKS)


def _wanted(options: argparse.Namespace) -> tuple[str, ...]:
    if bool(options.act) != bool(options.barrier):
        return ("act",) if options.act else ("govuk",)
    return ("act", "govuk") if options.corpus == "all" else (options.corpus,)


def _cases(corpus: Path, rules: Sequence[str]) -> list[act.Case]:
    return [case for case in act.load_cases(corpus) if not rules or case.rule in rules]


def _barriers(corpus: Path, text: str | None) -> list[govuk.Barrier]:
    wanted = (text or "").casefold()
    return [barrier for barrier in govuk.load_barriers(corpus) if wanted in barrier.name.casefold()]


def _print(
    options: argparse.Namespace, told: Told, cases: Sequence[act.Case], barriers: Sequence[govuk.Barrier]
) -> list[str]:
    """Print what was measured; gives the bars that are missed, where whole sets were."""
    if options.rules:
        print_said(told.said, options.rules)
        return []
    scores = act.score(cases, told.said)
    found = govuk.score(list(barriers), told.said, govuk.judged_rules()) if barriers else []
    if scores:
        print_act(scores, told.said, everything=bool(options.act) and options.said)
    if found:
        print_barriers(found, everything=bool(options.barrier) or options.said)
    if not options.act and not options.barrier:
        print_totals(scores, found)
        return [] if options.axe_only else missed_bars(scores, found)
    return []


def _close(told: Told) -> int:
    for rule, pages in sorted(told.untested.items()):
        print(f"The rule {rule} was untested on {len(pages)} pages: what it needs was not recorded.", file=sys.stderr)
    for problem in told.problems:
        print(problem, file=sys.stderr)
    if told.stale:
        print(
            f"{told.stale} pages were captured by an earlier state of the code; --refresh captures them anew.",
            file=sys.stderr,
        )
    return ExitCode.INCOMPLETE if told.problems else ExitCode.NOTHING_BLOCKS


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AuditError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
