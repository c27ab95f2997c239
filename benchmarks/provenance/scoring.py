"""Holds the findings against what was planted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit.model.finding import Finding, Outcome, SourceKind
from benchmarks.provenance.kinds import Party
from benchmarks.provenance.planting import Fault

RIGHT_FILE, RIGHT_LINE = 1.0, 0.98
_KINDS = {Party.AUTHOR: SourceKind.CONTENT, Party.THEME: SourceKind.THEME}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said of one fault. ``said``: file and line of the best finding, for people."""

    fault: Fault
    found: bool
    file: bool
    line: bool
    party: bool
    said: str = ""


@dataclass
class Score:
    """All verdicts, and facts that belong to no planted fault."""

    verdicts: list[Verdict] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    blamed_theme: list[str] = field(default_factory=list)

    def share(self, what: str) -> float:
        """The share of found faults with the right ``file``, ``line`` or ``party``; of all that were ``found``."""
        among = self.verdicts if what == "found" else [each for each in self.verdicts if each.found]
        return sum(bool(getattr(each, what)) for each in among) / max(1, len(among))

    @property
    def missed_bars(self) -> tuple[str, ...]:
        """One sentence for each bar that is not reached."""
        bars = (
            ("found", 1.0, "faults found"),
            ("file", RIGHT_FILE, "in the right file"),
            ("line", RIGHT_LINE, "on the right line"),
            ("party", 1.0, "put on whoever wrote it"),
        )
        wrongly = (f"facts put on the theme that nobody planted there: {len(self.blamed_theme)}, at most 0",)
        return (wrongly if self.blamed_theme else ()) + tuple(
            f"{words}: {self.share(what):.2%}, at least {bar:.0%}"
            for what, bar, words in bars
            if self.share(what) < bar
        )


def score(faults: Sequence[Fault], findings: Sequence[Finding]) -> Score:
    """A verdict for each fault."""
    texts = [(finding, _text(finding)) for finding in findings]
    result = Score([_verdict(fault, texts) for fault in faults])
    places = {(fault.path, fault.line) for fault in faults}
    for finding in findings:
        source = finding.source
        where = (source.path, source.line) if source else ("", None)
        if finding.outcome is Outcome.FAILED and where not in places:
            stray = f"{finding.rule} at {where[0] or finding.page}:{where[1]}: {finding.message}"
            of_theme = source is not None and source.kind is SourceKind.THEME
            (result.blamed_theme if of_theme else result.strays).append(stray)
    return result


def _verdict(fault: Fault, texts: Iterable[tuple[Finding, str]]) -> Verdict:
    mine = []
    for finding, text in texts:
        if finding.rule not in fault.kind.rules:
            continue
        there = finding.source is not None and (finding.source.path, finding.source.line) == (fault.path, fault.line)
        if there or any(sign in text for sign in fault.signs):
            mine.append(finding)
    if not mine:
        return Verdict(fault, found=False, file=False, line=False, party=False)
    # All that is said of it must be right, not only the best of it.
    sources = [finding.source for finding in mine]
    said = "; ".join(f"{source.path}:{source.line}" if source else "nowhere" for source in sources)
    return Verdict(
        fault,
        found=True,
        file=all(source is not None and source.path == fault.path for source in sources),
        line=all(source is not None and (source.path, source.line) == (fault.path, fault.line) for source in sources),
        party=all(source is not None and source.kind is _KINDS[fault.kind.party] for source in sources),
        said=said,
    )


def score_refused(faults: Sequence[Fault], said: Sequence[tuple[str, int, str]]) -> list[Verdict]:
    """Verdicts on faults that the build refuses; ``said``: path, line and sentence of each refusal."""
    verdicts = []
    for fault in faults:
        mine = [each for each in said if any(sign in each[2] for sign in fault.signs)]
        verdicts.append(
            Verdict(
                fault,
                found=bool(mine),
                file=bool(mine) and all(path == fault.path for path, _, _ in mine),
                line=bool(mine) and all((path, line) == (fault.path, fault.line) for path, line, _ in mine),
                party=bool(mine) and all(path.startswith("content/") for path, _, _ in mine),
                said="; ".join(f"{path}:{line}" for path, line, _ in mine),
            )
        )
    return verdicts


def _text(finding: Finding) -> str:
    target = finding.target.html if finding.target else ""
    words = f"{target} {finding.message} {finding.fix} {json.dumps(finding.evidence, ensure_ascii=False, default=str)}"
    return words.lower()


def table(result: Score) -> str:
    """The table per kind and the totals."""
    counted: dict[str, Counter[str]] = {}
    for verdict in result.verdicts:
        row = counted.setdefault(verdict.fault.kind.name, Counter())
        row["planted"] += 1
        for what in ("found", "file", "line", "party"):
            row[what] += getattr(verdict, what)
    columns = ("planted", "found", "file", "line", "party")
    lines = [f"{'kind':42}" + "".join(f"{name:>9}" for name in columns)]
    lines += [f"{name:42}" + "".join(f"{row[column]:>9}" for column in columns) for name, row in counted.items()]
    total = sum(counted.values(), Counter[str]())
    lines.append(f"{'all, ' + str(len(counted)) + ' kinds':42}" + "".join(f"{total[column]:>9}" for column in columns))
    return "\n".join(lines)
