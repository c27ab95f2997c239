"""``python -m benchmarks.variation``: the rules' own examples, written in other ways."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence

from audit.errors import ExitCode
from benchmarks.variation.measure import Measured, measure, variants
from benchmarks.variation.transformations import TRANSFORMATIONS

#: What is asked: of all variants together, and of each rule.
ALL, EACH = 0.97, 0.85


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Exit status: 0 the bars are met, 1 one is missed, 3 there is no variant."""
    parser = argparse.ArgumentParser(prog="benchmarks.variation", description=__doc__)
    parser.add_argument("--rules", nargs="+", default=[], metavar="RULE", help="only these rules")
    parser.add_argument("--only", nargs="+", default=[], choices=sorted(TRANSFORMATIONS), help="only these ways")
    parser.add_argument("--seed", type=int, default=1, help="of all chance")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many variants, drawn by the seed")
    options = parser.parse_args(arguments)
    chosen = list(variants(options.rules, options.only, options.seed))
    if options.sample is not None and options.sample < len(chosen):
        drawn = random.Random(options.seed).sample(range(len(chosen)), options.sample)
        chosen = [chosen[at] for at in sorted(drawn)]
    if not chosen:
        print("There is no variant of these rules.", file=sys.stderr)
        return ExitCode.NOTHING_TO_AUDIT
    measured = measure(chosen)
    print(table(measured))
    for rule, way, example, said in measured.lost:
        print(f"{rule} | {way} | {example} | {said}", file=sys.stderr)
    return ExitCode.NOTHING_BLOCKS if meets_bars(measured) else ExitCode.BLOCKING_FINDINGS


def meets_bars(measured: Measured) -> bool:
    """Whether enough variants keep the outcome, over all and for each rule."""
    kept, everything = _by(measured.kept, 0), _by(measured.all, 0)
    share = sum(kept.values()) / sum(everything.values())
    return share >= ALL and all(kept[rule] / number >= EACH for rule, number in everything.items())


def table(measured: Measured) -> str:
    """A Markdown table for each transformation, and one of the rules that lost something."""
    lines = ["| Written | Variants | Outcome kept |", "|---|---|---|"]
    kept, everything = _by(measured.kept, 1), _by(measured.all, 1)
    lines += [f"| {way} | {number} | {kept[way] / number:.1%} |" for way, number in sorted(everything.items())]
    total = sum(everything.values())
    lines += [
        f"| all | {total} | {sum(kept.values()) / total:.1%} |",
        "",
        "| Rule | Variants | Kept |",
        "|---|---|---|",
    ]
    kept, everything = _by(measured.kept, 0), _by(measured.all, 0)
    lines += [
        f"| {rule} | {number} | {kept[rule]} |" for rule, number in sorted(everything.items()) if kept[rule] < number
    ]
    return "\n".join(lines)


def _by(counted: Counter[tuple[str, str]], which: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, number in counted.items():
        found[key[which]] += number
    return found


if __name__ == "__main__":
    sys.exit(main())
