"""What was said of a site, against what a person judged of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.detection.act import Said
from benchmarks.foreign.judged import ForeignSite, Statement, Verdict, statement

#: The least share of stated faults that must be right; one that nobody has judged is not.
BAR = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Stated faults of one site, by verdict, counted by element and by statement.

    ``unjudged``: statements that nobody has read, with the number of elements.
    """

    site: str
    pages: int
    elements: Counter[Verdict]
    statements: Counter[Verdict]
    unjudged: Counter[Statement]
    questions: int

    @property
    def total(self) -> int:
        """All stated faults, counted by element."""
        return self.elements.total() + self.unjudged.total()


def score(site: ForeignSite, pages: int, said: Iterable[Said]) -> Score:
    """One site. Of a statement about more elements than were read, the rest is not judged."""
    everything = list(said)
    stated = Counter(
        literal if (literal := (one.procedure, one.message)) in site.judgements else statement(*literal)
        for one in everything
        if one.outcome == "failed"
    )
    elements: Counter[Verdict] = Counter()
    statements: Counter[Verdict] = Counter()
    unjudged: Counter[Statement] = Counter()
    for key, count in sorted(stated.items()):
        judgement = site.judgements.get(key)
        read = min(count, judgement.count) if judgement else 0
        if judgement:
            elements[judgement.verdict] += read
            statements[judgement.verdict] += 1
        if count > read:
            unjudged[key] = count - read
    questions = sum(one.outcome == "cantTell" for one in everything)
    return Score(site.name, pages, elements, statements, unjudged, questions)


def share_right(scores: Iterable[Score]) -> tuple[float, float]:
    """The share of right ones among all stated faults: by element, and by statement. 1 where nothing was stated."""
    listed = list(scores)
    total = sum(each.total for each in listed)
    kinds = sum(each.statements.total() + len(each.unjudged) for each in listed)
    right = sum(each.elements[Verdict.RIGHT] for each in listed)
    right_kinds = sum(each.statements[Verdict.RIGHT] for each in listed)
    return (right / total if total else 1.0, right_kinds / kinds if kinds else 1.0)
