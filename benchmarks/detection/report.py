"""The measured result in words and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.detection.act import Said, Score
from benchmarks.detection.govuk import BarrierScore

#: What is promised of the whole sets: shares, and a number of ACT rules (62 of 87 complete, 15 of the others answered).
LEAST_COMPLETE, LEAST_CAUGHT, MOST_FALSE, LEAST_SEEN, LEAST_ANSWERED = 62 / 87, 0.75, 0.005, 0.9, 15


def print_act(scores: Sequence[Score], said: Mapping[str, list[Said]], *, everything: bool) -> None:
    """One line for each ACT rule, and below it what is wrong."""
    print(f"{'ACT rule':8}{'status':14}{'caught':>8}{'asked':>7}{'false':>7}  name")
    for score in scores:
        caught = f"{score.caught}/{score.failed_cases}"
        print(
            f"{score.rule:8}{score.status:14}{caught:>8}{score.asked:>7}"
            f"{score.false_cases:>4}/{score.silent_cases:<2}  {score.name}"
        )
        if score.consistent:
            print(f"        by {', '.join(score.consistent)}")
        if score.undeclared and score.status != "complete":
            print(f"        consistent, but does not declare it: {', '.join(score.undeclared)}")
        for line in score.mapping:
            print(f"        requirements: {line}")
        for case, one in score.false:
            print(f"        FALSE on {case.expected} {case.path}\n          {one.procedure}: {one.message} {one.place}")
        for case in score.missed:
            print(f"        missed {case.path}")
            if everything:
                _all(said.get(case.address, []))
        if everything:
            for case, _ in score.false:
                _all(said.get(case.address, []))
    print()


def _all(said: Sequence[Said]) -> None:
    for one in said:
        print(f"          {one.outcome} {one.procedure} {one.place}: {one.message}")


def print_said(said: Mapping[str, list[Said]], rules: Sequence[str]) -> None:
    """Everything that some rules said, page by page."""
    for address, all_said in said.items():
        mine = [one for one in all_said if one.procedure in rules]
        if mine:
            print(address)
            _all(mine)


def print_barriers(scores: Sequence[BarrierScore], *, everything: bool) -> None:
    """One line for each GOV.UK barrier; ``everything``: with all that was said about the rest of its page."""
    for score in scores:
        by = f" by {', '.join(score.by)}" if score.by else ""
        print(f"{score.found:7} {score.barrier.category}: {score.barrier.name}{by}")
        if everything:
            _all(score.others)
    print()


def print_totals(scores: Sequence[Score], barriers: Sequence[BarrierScore]) -> None:
    """The numbers that the bars are about."""
    if scores:
        failing = sum(score.failed_cases for score in scores)
        silent = sum(score.silent_cases for score in scores)
        caught = sum(score.caught for score in scores)
        false = sum(score.false_cases for score in scores)
        states = [score.status for score in scores]
        answered = _answered(scores)
        print(f"ACT rules: {len(scores)}; " + ", ".join(f"{states.count(s)} {s}" for s in _STATES))
        print(f"complete by outcomes alone, criteria not compared: {by_outcomes(scores)}")
        print(f"failing cases caught: {caught} of {failing} ({_share(caught, failing)})")
        print(f"passed and inapplicable cases reported falsely: {false} of {silent} ({_share(false, silent)})")
        print(f"rules not complete, but every failing case is caught or asked about: {answered}")
    if barriers:
        found = [barrier.found for barrier in barriers]
        failed, asked = found.count("failed"), found.count("asked")
        print(
            f"GOV.UK barriers: {len(barriers)}; failed {failed} ({_share(failed, len(barriers))}), "
            f"failed or asked {failed + asked} ({_share(failed + asked, len(barriers))}), missed {found.count('missed')}"
        )


def missed_bars(scores: Sequence[Score], barriers: Sequence[BarrierScore]) -> list[str]:
    """A sentence for each bar that is missed. They are meant for the whole sets: a few rules alone prove nothing."""
    missed = []
    if scores:
        complete = by_outcomes(scores)
        failing = sum(score.failed_cases for score in scores)
        caught = sum(score.caught for score in scores)
        silent = sum(score.silent_cases for score in scores)
        false = sum(score.false_cases for score in scores)
        answered = _answered(scores)
        if complete < LEAST_COMPLETE * len(scores):
            missed.append(f"{complete} of {len(scores)} ACT rules are complete; {LEAST_COMPLETE:.0%} are promised.")
        if caught < LEAST_CAUGHT * failing:
            missed.append(
                f"{_share(caught, failing)} of the failing cases are caught; {LEAST_CAUGHT:.0%} are promised."
            )
        if false > MOST_FALSE * silent:
            missed.append(f"{_share(false, silent)} of the other cases are reported; {MOST_FALSE:.1%} are allowed.")
        if answered < min(LEAST_ANSWERED, len(scores) - complete):
            missed.append(f"{answered} of the remaining ACT rules are answered; {LEAST_ANSWERED} are promised.")
    if barriers:
        found = [barrier.found for barrier in barriers]
        failed, seen = found.count("failed"), len(found) - found.count("missed")
        if failed < LEAST_CAUGHT * len(found):
            missed.append(f"{_share(failed, len(found))} of the barriers are failed; {LEAST_CAUGHT:.0%} are promised.")
        if seen < LEAST_SEEN * len(found):
            missed.append(f"{_share(seen, len(found))} of the barriers are seen; {LEAST_SEEN:.0%} are promised.")
    return missed


def _answered(scores: Sequence[Score]) -> int:
    """ACT rules that are not complete, but whose every failing case is caught or asked about."""
    return sum(score.status != "complete" and score.caught + score.asked == score.failed_cases for score in scores)


def by_outcomes(scores: Sequence[Score]) -> int:
    """How many ACT rules have every failing case caught by consistent procedures, whatever criteria these report.

    Atomic ACT rules name techniques only, so that a finding with a criterion never agrees with them in full.
    """
    return sum(bool(score.consistent) and score.caught == score.failed_cases for score in scores)


_STATES = ("complete", "partial", "inconsistent", "none")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
