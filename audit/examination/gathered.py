"""What a rule says of a document in the same words of several places, told once: one cause, one piece of work.

A fact is told together with others only where its words are the same to the letter; a question or a piece of advice also
where only what it quotes is another, since one answer or one change of habit is for all. Pictures stay apart: each needs
words of its own. So many that a list of them would bury the rest are told in one piece, with their places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audit.documents.model import Picture, Place
from audit.model.finding import Outcome
from audit.model.rule import Result
from audit.semantics.words import counted, wording_of

#: Places that are named; the others are counted.
NAMED = 8
#: More pictures than these that one rule finds at fault are told in one piece.
APART = 12
_NUMBERED = re.compile(r"(page|slide|chapter) (\d+)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule said of a place. ``whole``: it is about the document as a whole."""

    result: Result
    place: Place
    target: object
    whole: bool = False


def gathered(told: Iterable[Told], *, advice: bool) -> list[Told]:
    """What one rule says of a document, each cause once. ``advice``: what the rule finds breaks no criterion."""
    told = tuple(told)
    groups: dict[object, list[Told]] = {}
    apart = sum(map(_is_of_picture, told)) <= APART
    for number, each in enumerate(told):
        groups.setdefault(_cause(each, number, advice, apart), []).append(each)
    return [_once(group) for group in groups.values()]


def _is_of_picture(told: Told) -> bool:
    return isinstance(told.target, Picture) and told.result.outcome is Outcome.FAILED


def _cause(told: Told, number: int, advice: bool, apart: bool) -> object:
    """What must be the same for two to be told together; the number of one that stays apart."""
    result = told.result
    if told.whole or (apart and _is_of_picture(told)):
        return number
    of_habit = advice or result.outcome is Outcome.CANT_TELL or _is_of_picture(told)
    words = (wording_of(result.message),) if of_habit else (result.message, told.place.quote)
    return (result.outcome, result.title, result.fix, result.requirements, *words)


def _once(group: Sequence[Told]) -> Told:
    first, others = group[0], group[1:]
    if not others:
        return first
    places = [[each.place.where, each.place.quote] for each in group]
    return replace(
        first,
        result=replace(
            first.result,
            message=f"{first.result.message} {the_same(first.place.where, [each.place.where for each in others])}",
            evidence={**first.result.evidence, "places": places},
        ),
    )


def the_same(first: str, others: Iterable[str]) -> str:
    """A sentence: ``The same goes for 2 more places there, slides 2 to 5 and 9, sheet “Budget”, and 3 more places.``"""
    by_place = Counter(others)
    here = by_place.pop(first, 0)
    parts = [f"{counted(here, 'more place', 'more places')} there"] if here else []
    numbers: dict[str, list[int]] = {}
    rest: list[str] = []
    for where in by_place:
        if found := _NUMBERED.fullmatch(where):
            numbers.setdefault(found[1], []).append(int(found[2]))
        else:
            rest.append(where)
    parts += [_run(kind, sorted(found)) for kind, found in numbers.items()]
    sheets: dict[str, list[str]] = {}
    for where in rest[:NAMED]:
        said = f"{where} ({by_place[where]} times)" if by_place[where] > 1 else where
        sheet, _, cell = said.rpartition(", cell ")
        sheets.setdefault(sheet, []).append(cell if sheet else said)
    for sheet, cells in sheets.items():
        parts += [f"{sheet}, cell{'s' if len(cells) > 1 else ''} {', '.join(cells)}"] if sheet else cells
    if left := sum(by_place[where] for where in rest[NAMED:]):
        parts.append(counted(left, "more place", "more places"))
    return f"The same goes for {_listed(parts)}."


def _run(kind: str, numbers: Sequence[int]) -> str:
    """``slide 2``; ``slides 2 to 5, 7 and 9``."""
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    runs = [each for one, other in zip(starts, ends, strict=True) for each in _span(one, other)]
    shown = NAMED if len(runs) > NAMED + 1 else NAMED + 1
    more = f"{len(runs) - shown} more" if len(runs) > shown else ""
    return f"{kind}{'s' if len(numbers) > 1 else ''} {_listed([*runs[:shown], *filter(None, [more])])}"


def _span(first: int, last: int) -> list[str]:
    return [f"{first} to {last}"] if last > first + 1 else [str(number) for number in range(first, last + 1)]


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
