"""Which findings of two runs are the same: strict keys first, then loose ones, one to one.

What is left of the new run is new, what is left of the old one is gone. Findings are compared
as multisets: a second equal fault is a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Keyed(Protocol):
    """What can be matched: a finding, or an entry of the baseline."""

    @property
    def key(self) -> str: ...
    @property
    def loose_key(self) -> str: ...
    @property
    def pages(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Matches[Old: Keyed, New: Keyed]:
    """``pairs`` with whether they were met by their strict key."""

    pairs: tuple[tuple[Old, New, bool], ...]
    gone: tuple[Old, ...]
    new: tuple[New, ...]


def match[Old: Keyed, New: Keyed](old: Sequence[Old], new: Sequence[New]) -> Matches[Old, New]:
    """Pair what is the same. The order of both sides decides between equals."""
    pairs: list[tuple[Old, New, bool]] = []
    rest_old, rest_new = list(old), list(new)
    for strict in (True, False):
        waiting: dict[str, list[Old]] = {}
        for each in rest_old:
            waiting.setdefault(each.key if strict else each.loose_key, []).append(each)
        left: list[New] = []
        for finding in rest_new:
            same = waiting.get(finding.key if strict else finding.loose_key)
            if not same:
                left.append(finding)
                continue
            # Of several equal ones the one on the same page is meant.
            chosen = next((each for each in same if set(each.pages) & set(finding.pages)), same[0])
            same.remove(chosen)
            pairs.append((chosen, finding, strict))
        matched = {id(each) for each, _, _ in pairs}
        rest_old = [each for each in rest_old if id(each) not in matched]
        rest_new = left
    return Matches(tuple(pairs), tuple(rest_old), tuple(rest_new))
