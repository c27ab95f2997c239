"""The measured result in words and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.detection.act import Said, Score
from benchmarks.detection.govuk import BarrierScore


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
        answered = sum(
            score.status != "complete" and score.caught + score.asked == score.failed_cases for score in scores
        )
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


def by_outcomes(scores: Sequence[Score]) -> int:
    """How many ACT rules have every failing case caught by consistent procedures, whatever criteria these report.

    Atomic ACT rules name techniques only, so that a finding with a criterion never agrees with them in full.
    """
    return sum(bool(score.consistent) and score.caught == score.failed_cases for score in scores)


_STATES = ("complete", "partial", "inconsistent", "none")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
