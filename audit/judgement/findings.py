"""From outcomes, page by page, to findings: each fault once.

A fault of a template stands on every page that the template makes; it is one finding with
all its pages and a count. A fault that an author wrote is one finding for its line. Where
the source is not known, what the looks of a site cause (its rule says so) is one finding for
all elements of one kind and class, and of one pair of colours, a question or a piece of advice one for all that it says the
same of, each with every place in its evidence; of anything else the same element with the same
message on several pages is one finding, and so are elements of one look on the same pages of which the same is said
(:mod:`audit.judgement.groups`). Pages must be added in the order of their addresses, so that the first page named
does not depend on which worker was quickest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit.examination.axe.adapt import fix_for
from audit.examination.examination import RuleOutcome
from audit.judgement.finding_keys import (
    evidence_digest,
    look_of,
    loose_key,
    signature,
    strict_key,
    written_anywhere,
)
from audit.judgement.groups import Group, gathered, is_of_habit, is_of_looks
from audit.judgement.one_fault import told_once, with_those_of
from audit.model.finding import Condition, Family, Finding, Json, Outcome, Source, SourceKind
from audit.rules import LoadedRule
from audit.semantics.words import counted, wording_of

type Locate = Callable[[RuleOutcome], Source | None]

#: Whose faults are told once for each template line.
SHARED = frozenset({SourceKind.THEME, SourceKind.PLUGIN})
_COLOUR = re.compile(r"#[0-9a-f]{6}")
#: Of 255 steps of red, green or blue.
_SEEN = 8
_ORDER = {condition.value: place for place, condition in enumerate(Condition)}


@dataclass
class Merger:
    """Takes outcomes in, page by page, and gives findings out."""

    locate: Locate
    rules: Mapping[str, LoadedRule]
    #: The main source of each page, where the build says it.
    homes: Mapping[str, str] = field(default_factory=dict)
    #: Whether an excuse names this very element, so that it is not told together with others.
    apart: Callable[[RuleOutcome], bool] = lambda _: False
    _groups: dict[tuple[object, ...], Group] = field(default_factory=dict)
    #: What is wrong with a look beside its elements, with the group that was told of it first.
    _causes: dict[tuple[object, ...], tuple[object, ...]] = field(default_factory=dict)

    def add(self, outcomes: Iterable[RuleOutcome]) -> None:
        """The outcomes of one page (or of the site, or of one file)."""
        seen: dict[tuple[object, ...], int] = {}
        # One element may be reported under several conditions: these are not several faults.
        for outcome in self._once_for_each_medium(
            told_once(self._uncovered(list(_by_element(outcomes))), self._is_written)
        ):
            source = self.locate(outcome)
            key, place, parts = _identity(outcome, source)
            together = source is None and outcome.target is not None
            cause = _cause(outcome) if together else None
            if cause is not None and key not in self._groups:
                # Other elements, but what is to be changed is the same.
                key = self._causes.setdefault(cause, key)
            if together or (source is not None and source.kind in SHARED):
                full = key
            elif source is not None and self.homes.get(outcome.page or "", source.path) != source.path:
                # A listing may show one line of an author often: that is no second fault.
                full = (*key, 0)
            else:
                full = (*key, seen.get(key, 0))
                seen[key] = seen.get(key, 0) + 1
            group = self._groups.get(full)
            if group is None:
                group = self._groups[full] = Group(outcome, source, place, parts)
            page = outcome.page or ""
            if together and outcome.target is not None:
                group.places.append((page, outcome.target.selector, outcome.message))
            group.pages[page] = group.pages.get(page, 0) + 1
            group.conditions |= frozenset(outcome.conditions)
            group.always = group.always or not outcome.conditions

    def findings(self) -> tuple[Finding, ...]:
        """All findings, not judged yet."""
        groups = sorted(gathered(sorted(self._without_doubles(), key=_position), self.apart), key=_position)
        used: dict[tuple[str, ...], int] = {}
        made = []
        for group in groups:
            outcome = group.outcome
            # A renamed rule keeps the keys of its first name, so that baselines outlive it.
            name = self._first_name(outcome.rule)
            base = (name, group.place, *group.parts)
            ordinal = used.get(base, 0)
            used[base] = ordinal + 1
            pages = tuple(sorted(page for page in group.pages if page))
            made.append(
                Finding(
                    key=strict_key(name, group.place, group.parts, ordinal),
                    rule=outcome.rule,
                    outcome=outcome.outcome,
                    blocking=False,
                    requirements=outcome.requirements,
                    page=pages[0] if pages else (outcome.page or "/"),
                    target=outcome.target,
                    conditions=() if group.always else tuple(sorted(group.conditions, key=_condition_order)),
                    source=group.source,
                    title=outcome.title,
                    message=_message(group),
                    why=outcome.why,
                    fix=_fix(outcome, group.source),
                    evidence=_evidence(group),
                    engine=outcome.engine,
                    loose_key=loose_key(name, outcome.target),
                    evidence_digest=evidence_digest(outcome.evidence),
                    pages=pages,
                    count=sum(group.pages.values()),
                    region=outcome.region,
                )
            )
        return tuple(made)

    def _first_name(self, identifier: str) -> str:
        rule = self.rules.get(identifier)
        return rule.rule.aliases[0] if rule is not None and rule.rule.aliases else identifier

    def _without_doubles(self) -> Iterable[Group]:
        """Groups without those that another rule has told of the author's line."""
        told = {
            (group.source.path, line, other)
            for group in self._groups.values()
            if group.source is not None and group.outcome.path is not None and group.outcome.rule in self.rules
            for other in (*self.rules[group.outcome.rule].rule.axe, *self.rules[group.outcome.rule].rule.covers)
            for line in _lines(group)
        }
        for group in self._groups.values():
            source, rule = group.source, group.outcome.rule
            if not (source and source.line and (source.path, source.line, rule) in told):
                yield group

    def _is_written(self, outcome: RuleOutcome) -> bool:
        """Whether an author's line is known, of which a rule about writing may say the same."""
        source = self.locate(outcome)
        return source is not None and source.kind not in SHARED

    def _uncovered(self, outcomes: Sequence[RuleOutcome]) -> Iterable[RuleOutcome]:
        """Outcomes without those of which a rule that covers theirs says more, on the same element of the page."""
        over: dict[tuple[str, str], list[RuleOutcome]] = {}
        for outcome in outcomes:
            if outcome.rule in self.rules and outcome.target is not None and outcome.target.selector:
                for other in self.rules[outcome.rule].rule.covers:
                    over.setdefault((other, outcome.target.selector), []).append(outcome)
        for outcome in outcomes:
            covering = over.get((outcome.rule, outcome.target.selector), ()) if outcome.target is not None else ()
            if not any(_says_more(each, outcome) for each in covering):
                yield outcome

    def _once_for_each_medium(self, outcomes: Iterable[RuleOutcome]) -> Iterable[RuleOutcome]:
        """Outcomes with the questions about one video or recording put into one: who answers them watches it once."""
        kept: list[RuleOutcome] = []
        asked: dict[str, int] = {}
        for outcome in outcomes:
            rule = self.rules.get(outcome.rule)
            media = rule is not None and rule.rule.family is Family.MEDIA and outcome.outcome is Outcome.CANT_TELL
            where = outcome.target.selector if media and outcome.target is not None else ""
            if where and where in asked:
                kept[asked[where]] = _together(kept[asked[where]], outcome)
                continue
            if where:
                asked[where] = len(kept)
            kept.append(outcome)
        return kept


def _together(one: RuleOutcome, other: RuleOutcome) -> RuleOutcome:
    """Two questions about one thing as one, that of the earlier criterion first."""
    if other.requirements.wcag < one.requirements.wcag:
        one, other = other, one
    return replace(
        one,
        message=f"{one.message} {other.message}",
        fix=one.fix if other.fix in one.fix else f"{one.fix}\n\n{other.fix}",
        requirements=with_those_of(one.requirements, other.requirements),
        conditions=one.conditions if one.conditions == other.conditions else (),
        evidence={**other.evidence, **one.evidence},
        best_practice=one.best_practice and other.best_practice,
    )


def _says_more(one: RuleOutcome, other: RuleOutcome) -> bool:
    """Whether one holds under all conditions of the other; a question says more than a question only, and
    what breaks no criterion never stands for what does.
    """
    if one.outcome is not Outcome.FAILED and other.outcome is Outcome.FAILED:
        return False
    if other.requirements.wcag and not one.requirements.wcag:
        return False
    return not one.conditions or (bool(other.conditions) and {*one.conditions} >= {*other.conditions})


def _cause(outcome: RuleOutcome) -> tuple[object, ...] | None:
    """What elements of several looks can share: two colours that do not go together, or the bar that covers them.

    ``None``: nothing else than the look.
    """
    evidence = outcome.evidence
    colours = evidence.get("colour"), evidence.get("background")
    cause: tuple[object, ...] = (evidence.get("covered_by"),)
    if None not in colours:
        cause = tuple(_nearly(str(colour)) for colour in colours)
    if None in cause or not is_of_looks(outcome) or is_of_habit(outcome):
        return None
    return (outcome.engine, outcome.rule, outcome.outcome, outcome.requirements, outcome.region, *cause)


def _nearly(colour: str) -> str:
    """A colour less what nobody sees, so that the steps of one gradient are one: ``#fcfafb`` and ``#fbf8f9``."""
    if not _COLOUR.fullmatch(colour):
        return colour
    return "".join(f"{int(colour[at : at + 2], 16) // _SEEN:x}," for at in (1, 3, 5))


def _message(group: Group) -> str:
    """The message of the first place, with the number of the others."""
    more = len(group.places) - 1
    # The same element on many pages is told by its pages.
    if more < 1 or not (group.elements > 1 or is_of_looks(group.outcome) or is_of_habit(group.outcome)):
        return group.outcome.message
    return f"{group.outcome.message} The same goes for {counted(more, 'more place', 'more places')}."


def _evidence(group: Group) -> Mapping[str, Json]:
    if len(group.places) < 2:
        return group.outcome.evidence
    # How often a look is on a page is no matter; of an author's faults one more is a new one (:func:`audit.judgement.baseline.spread_of`).
    counted_each = group.elements > 1 and not is_of_looks(group.outcome)
    elements = {"elements": group.elements} if counted_each else {}
    return {**group.outcome.evidence, **elements, "places": [list(place) for place in group.places]}


def _lines(group: Group) -> Iterable[int | None]:
    """The lines of the source that a fault covers: its own, or the range that its evidence names."""
    line = group.source.line if group.source else None
    match group.outcome.evidence.get("lines"):
        case [int(first), int(last)]:
            return range(first, last + 1)
        case _:
            return (line,)


def _fix(outcome: RuleOutcome, source: Source | None) -> str:
    """What to do, said to the person whose file it is: axe-core does not know whether an author can."""
    if source is None or outcome.engine != "axe-core":
        return outcome.fix
    return fix_for(outcome.rule, outcome.outcome, source.kind) or outcome.fix


def _by_element(outcomes: Iterable[RuleOutcome]) -> Iterable[RuleOutcome]:
    """Outcomes with those of one rule on one element under several conditions joined."""
    joined: dict[tuple[object, ...], RuleOutcome] = {}
    for number, outcome in enumerate(outcomes):
        target = outcome.target
        where: object = (target.selector or target.html) if target else number
        if target is not None and not target.selector:
            # Text of a file can say the same thing twice on one line.
            where = (where, number)
        key = (outcome.engine, outcome.rule, outcome.outcome, outcome.page, outcome.path, where, outcome.requirements)
        earlier = joined.get(key)
        if earlier is None or not (earlier.conditions and outcome.conditions):
            if earlier is not None and not outcome.conditions:
                joined[key] = outcome if not earlier.conditions else replace(earlier, conditions=())
            elif earlier is None:
                joined[key] = outcome
            continue
        conditions = tuple(sorted({*earlier.conditions, *outcome.conditions}, key=_condition_order))
        joined[key] = replace(earlier, conditions=conditions)
    return joined.values()


def _identity(outcome: RuleOutcome, source: Source | None) -> tuple[tuple[object, ...], str, tuple[str, ...]]:
    """What outcomes must share to be one fault; the place and the parts of its key."""
    parts = signature(outcome.target)
    kind: tuple[object, ...] = (outcome.engine, outcome.rule, outcome.outcome, outcome.requirements, outcome.region)
    if source is not None and source.kind in SHARED:
        # Names and texts differ from page to page; the template's line is what is wrong.
        return (*kind, source.path, source.line), source.path, parts[:1]
    if source is not None:
        return (*kind, source.path, source.line, parts), source.path, parts
    if outcome.target is None:
        return (*kind, outcome.page, outcome.message), outcome.page or "", ()
    if is_of_habit(outcome):
        habit = (wording_of(outcome.message),)
        return (*kind, *habit), "", habit
    if is_of_looks(outcome):
        look = look_of(outcome.target)
        return (*kind, *look), "", look
    return (*kind, written_anywhere(outcome.target.html), outcome.message), "", parts


def _condition_order(condition: str) -> tuple[int, str]:
    return (_ORDER.get(condition, len(_ORDER)), condition)


def _position(group: Group) -> tuple[object, ...]:
    source, outcome = group.source, group.outcome
    return (
        source is None,
        source.path if source else "",
        (source.line or 0) if source else 0,
        min(group.pages, default=""),
        outcome.rule,
        outcome.static if outcome.static is not None else -1,
        outcome.target.selector if outcome.target else "",
        outcome.message,
    )
