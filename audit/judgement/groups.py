"""Places of one fault, and groups that one template or one habit made.

On a site whose build says nothing about its sources, thirty pictures of one table without alternatives are one line
of a template or one habit. They are told once, with every place. What an excuse names by its element stays by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from audit.examination.examination import RuleOutcome
from audit.judgement.finding_keys import kind_of
from audit.model.finding import Fixer, Outcome, Source
from audit.semantics.words import wording_of

#: Evidence of what differs from one look to another.
_MEASURED = frozenset({"colour", "background", "ratio", "width", "height"})


@dataclass
class Group:
    """All places of one fault. Only the first outcome is kept, and where the others were."""

    outcome: RuleOutcome
    source: Source | None
    place: str
    parts: tuple[str, ...]
    pages: dict[str, int] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    always: bool = False
    #: Of a fault of many elements: page, selector and message of each.
    places: list[tuple[str, str, str]] = field(default_factory=list)
    #: How many faults, each of one element, were put together.
    elements: int = 1


def is_of_looks(outcome: RuleOutcome) -> bool:
    """Whether a fault comes from how the site is built, and so stands on everything that is built alike."""
    return outcome.fixer is Fixer.THEME and outcome.target is not None and bool(outcome.target.selector)


def is_of_habit(outcome: RuleOutcome) -> bool:
    """Whether it is a question or advice: one answer, or one change of habit, is for all that it is said of."""
    return outcome.best_practice or outcome.outcome is Outcome.CANT_TELL


def gathered(groups: Iterable[Group], apart: Callable[[RuleOutcome], bool]) -> list[Group]:
    """The groups, with those made one that say the same of elements of one kind: on the same pages, or, of looks, anywhere.

    Only where no source is known. ``apart``: whether somebody named this element, so that it stays by itself.
    """
    kept: dict[tuple[object, ...], Group] = {}
    for number, group in enumerate(groups):
        key = _template(group) if not apart(group.outcome) else None
        first = kept.get(key or (number,))
        kept[key or (number,)] = group if first is None else _joined(first, group)
    return list(kept.values())


def _template(group: Group) -> tuple[object, ...] | None:
    """What groups share that one template made; ``None`` when it cannot be known, or is known already."""
    outcome = group.outcome
    if group.source is not None or outcome.target is None or not outcome.target.selector:
        return None
    if outcome.outcome is not Outcome.FAILED or is_of_habit(outcome):
        return None
    # Each pair of colours is a cause of its own, and is told with its measure.
    if is_of_looks(outcome) and any(name in outcome.evidence for name in _MEASURED):
        return None
    return (
        outcome.engine,
        outcome.rule,
        outcome.requirements,
        outcome.region,
        kind_of(outcome.target),
        wording_of(outcome.message),
        # What the site's styles do is one cause wherever it is; an author has to look at each page.
        None if is_of_looks(outcome) else frozenset(group.pages),
    )


def _joined(one: Group, other: Group) -> Group:
    assert one.outcome.target is not None
    return replace(
        one,
        # Other elements come and go; the page and the kind stay.
        place=min(one.pages),
        parts=kind_of(one.outcome.target),
        pages={page: one.pages.get(page, 0) + other.pages.get(page, 0) for page in {**one.pages, **other.pages}},
        conditions=one.conditions | other.conditions,
        always=one.always or other.always,
        places=one.places + other.places,
        elements=one.elements + 1,
    )
