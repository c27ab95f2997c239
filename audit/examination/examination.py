"""Runs the rules on what was captured and gives back what they said.

A rule that crashes is an error of the run with the rule's name in it, never a pass. A rule
whose conditions were not recorded is ``untested``, and said to be so.

axe-core's results come through ``audit.examination.axe.adapt`` in the same shape. Where one of our rules
names an axe rule (``Rule.axe``) and has judged the same element, its verdict stands for both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from audit.documents.laws import exempting
from audit.documents.model import Document
from audit.documents.model import Place as DocumentPlace
from audit.errors import AuditError
from audit.examination.axe.adapt import adapt
from audit.examination.axe.relevance import is_beside_the_point, told_by_another
from audit.examination.gathered import Told, gathered
from audit.examination.provenance import nearest_static, statics_around, styled_around
from audit.examination.regions import Ownership, RegionUse
from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Json, Outcome, Requirements, Target
from audit.model.page import AxeResult, Page, View
from audit.model.rule import Result
from audit.model.site import Site, SitePlace
from audit.rules import LoadedRule
from audit.settings.regions import Region
from audit.writing.source import Place, SourceText

#: Families whose rules look at one captured page.
PAGE_FAMILIES = frozenset({Family.PAGE, Family.INTERACTION, Family.MEDIA})
SITE_FAMILIES = frozenset({Family.SITE, Family.DUTIES})
#: Conditions that a view stands for, so that rules on contrast look at it.
LOOKED_AT = frozenset({Condition.WIDE, Condition.DARK, Condition.HOVER, Condition.FOCUS})
#: What is told with its place; of everything else it is enough that it was so. Most results are "passed".
TOLD = frozenset({Outcome.FAILED, Outcome.CANT_TELL})


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule said of one target, when it is a fault or a question.

    ``static`` is the ordinal of the element in the file as served, for the locator, ``around``
    those of its ancestors, from the nearest, ``styled`` those of them whose looks are set by hand; ``path``
    and ``line`` are given instead where a rule looked at a file. ``conditions``: empty when
    the fault does not depend on how the page is looked at.
    """

    rule: str
    outcome: Outcome
    title: str
    message: str
    why: str
    fix: str
    requirements: Requirements
    fixer: Fixer
    target: Target | None = None
    page: str | None = None
    static: int | None = None
    around: tuple[int, ...] = ()
    styled: tuple[int, ...] = ()
    path: str | None = None
    line: int | None = None
    conditions: tuple[str, ...] = ()
    evidence: Mapping[str, Json] = field(default_factory=dict)
    engine: str = "stepfree"
    best_practice: bool = False
    #: The region that belongs to somebody else in which it lies.
    region: str | None = None


@dataclass(frozen=True, slots=True)
class RuleCrash:
    """A rule that did not come to an end. ``where``: the page or file it was looking at."""

    rule: str
    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Examined:
    """All outcomes on one subject. Rules of axe-core keep the ids that they have there."""

    outcomes: tuple[RuleOutcome, ...] = ()
    passed: tuple[str, ...] = ()
    inapplicable: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    crashes: tuple[RuleCrash, ...] = ()
    #: The regions of others that are on the page.
    regions: tuple[RegionUse, ...] = ()


def recorded(page: Page) -> frozenset[Condition]:
    """The conditions under which something of the page was recorded."""
    extra = {
        Condition.KEYBOARD: page.keyboard,
        Condition.MOTION: page.changes,
        Condition.FORMS: page.trials,
    }
    return frozenset(page.documents) | {condition for condition, part in extra.items() if part is not None}


def examine(page: Page, rules: Collection[LoadedRule], regions: Iterable[Region] = ()) -> Examined:
    """Every rule of the page families, and axe-core's results, on one page. ``regions``: what belongs to somebody else."""
    tally = _Tally(page.address)
    owners = Ownership(page, regions)
    there = recorded(page)
    verdicts: dict[str, list[_Verdict]] = {}
    for rule in rules:
        if rule.rule.family not in PAGE_FAMILIES:
            continue
        if not rule.rule.needs <= there:
            tally.untested.append(rule.id)
            continue
        verdicts[rule.id] = judged = _run(rule, page, tally)
        for verdict in judged:
            tally.hear(rule, verdict.result)
            if verdict.result.outcome in TOLD:
                tally.outcomes.append(_page_outcome(page, rule, verdict, owners))
    _axe(page, {rule.id: rule for rule in rules}, verdicts, tally, owners)
    for view in page.views:
        _view(page, view, rules, verdicts, tally, owners)
    return replace(tally.examined(), regions=owners.uses)


def _view(
    page: Page,
    view: View,
    rules: Collection[LoadedRule],
    judged_before: Mapping[str, list[_Verdict]],
    tally: _Tally,
    owners: Ownership,
) -> None:
    """What rules say of what only some visitors get, unless they said it of the page at 1280 px or in an earlier view.

    Rules that only need the page as it is run on it as if there were no other. Of what the others have judged
    (``judged_before``) axe-core has no say here either.
    """
    document = view.document or page.documents[view.condition]
    seen = Page(
        address=page.address,
        url=page.url,
        status=page.status,
        html=page.html,
        # One document for all: a rule that compares states finds nothing to compare.
        documents=dict.fromkeys(LOOKED_AT, replace(document, condition=Condition.WIDE)),
        axe=tuple(replace(each, condition=Condition.WIDE) for each in view.axe),
        requests=page.requests,
        backdrops=tuple(replace(each, condition=Condition.WIDE) for each in view.backdrops),
        media=page.media,
        observed=page.observed,
        source_path=page.source_path,
    )
    within = _Tally(page.address)
    verdicts: dict[str, list[_Verdict]] = {}
    nodes = frozenset(view.differing)
    for rule in rules:
        if rule.rule.family not in PAGE_FAMILIES or not rule.rule.needs <= LOOKED_AT:
            verdicts[rule.id] = judged_before.get(rule.id, [])
            continue
        verdicts[rule.id] = judged = _run(rule, seen, within, lambda target: _is_new(target, view, nodes))
        within.outcomes += [_page_outcome(seen, rule, each, owners) for each in judged if each.result.outcome in TOLD]
    _axe(seen, {rule.id: rule for rule in rules}, verdicts, within, owners)
    told = {(each.rule, each.target.selector if each.target else None) for each in tally.outcomes}
    tally.outcomes += [
        replace(each, conditions=(view.name,))
        for each in within.outcomes
        if (each.rule, each.target.selector if each.target else None) not in told
    ]
    tally.crashes += within.crashes


def _is_new(target: object, view: View, nodes: frozenset[int]) -> bool:
    """Whether a target is what differs in a view: an element, or the page where its landmarks or headings do."""
    if isinstance(target, Element) and target.tag not in {"html", "body"}:
        return target.node in nodes
    return view.restructured


def examine_site(site: Site, rules: Iterable[LoadedRule]) -> Examined:
    """Every rule that looks at the site as a whole."""
    tally = _Tally("the site")
    for rule in rules:
        if rule.rule.family not in SITE_FAMILIES:
            continue
        for verdict in _run(rule, site, tally):
            tally.hear(rule, verdict.result)
            if verdict.result.outcome not in TOLD:
                continue
            place = verdict.target if isinstance(verdict.target, SitePlace) else SitePlace(None)
            target = Target(place.selector, place.html[:300]) if place.html or place.selector else None
            outcome = _outcome(rule, verdict.result, target)
            tally.outcomes.append(_at(outcome, page=place.page, static=place.static, path=place.path, line=place.line))
    return tally.examined()


def examine_source(source: SourceText, rules: Iterable[LoadedRule]) -> Examined:
    """Every rule about writing on one source file."""
    tally = _Tally(source.path)
    for rule in rules:
        if rule.rule.family is not Family.WRITING:
            continue
        for verdict in _run(rule, source, tally):
            tally.hear(rule, verdict.result)
            if verdict.result.outcome not in TOLD:
                continue
            place = verdict.target if isinstance(verdict.target, Place) else Place(1, "")
            target = Target("", place.quote[:300]) if place.quote else None
            outcome = _outcome(rule, verdict.result, target)
            tally.outcomes.append(_at(outcome, page=source.address, path=source.path, line=place.line))
    return tally.examined()


def examine_document(document: Document, rules: Iterable[LoadedRule], begun: Callable[[str], object] = str) -> Examined:
    """Every rule about documents on one document. ``begun`` is told the id of each rule before it runs.

    Nothing of a document that the law exempts is a failure of a criterion; what was found is told as advice.
    """
    tally = _Tally(document.address)
    exempt = exempting(document) is not None
    for rule in rules:
        if rule.rule.family is not Family.DOCUMENTS:
            continue
        begun(rule.id)
        told: list[Told] = []
        for verdict in _run(rule, document, tally):
            tally.hear(rule, verdict.result)
            if verdict.result.outcome not in TOLD:
                continue
            result = verdict.result
            if exempt:
                result = replace(result, requirements=Requirements())
            place = verdict.target if isinstance(verdict.target, DocumentPlace) else None
            place = place or getattr(verdict.target, "place", None) or document.whole
            told.append(Told(result, place, verdict.target, place == document.whole))
        places: dict[str, int] = {}
        for each in gathered(told, advice=rule.rule.best_practice or exempt):
            where = each.place.where
            places[where] = places.get(where, 0) + 1
            tally.outcomes.append(_document_outcome(document, rule, each.result, each.place, places[where]))
    return tally.examined()


def _document_outcome(
    document: Document, rule: LoadedRule, result: Result, place: DocumentPlace, number: int
) -> RuleOutcome:
    """The selector says where in the document, in words; several things in one place are counted."""
    where = place.where if number == 1 else f"{place.where} ({number})"
    evidence = {**result.evidence, **({"part": place.part} if place.part else {})}
    if place != document.whole:
        result = replace(result, message=f"{place.where[:1].upper()}{place.where[1:]}: {result.message}")
    target = Target(where, place.quote[:300], "", "", place.box)
    outcome = _outcome(rule, replace(result, evidence=evidence), target)
    return _at(outcome, page=document.address, path=document.record.source or document.name)


@dataclass(frozen=True, slots=True)
class _Verdict:
    target: object
    result: Result


@dataclass
class _Tally:
    where: str
    outcomes: list[RuleOutcome] = field(default_factory=list)
    seen: dict[str, set[Outcome]] = field(default_factory=dict)
    untested: list[str] = field(default_factory=list)
    crashes: list[RuleCrash] = field(default_factory=list)

    def hear(self, rule: LoadedRule, result: Result) -> None:
        """Note that the rule has come to a result; what is told of it is added by itself."""
        self.seen.setdefault(rule.id, set()).add(result.outcome)
        if result.outcome is Outcome.UNTESTED:
            self.untested.append(rule.id)

    def examined(self) -> Examined:
        found = {outcome.rule for outcome in self.outcomes}
        passed = [rule for rule, outcomes in self.seen.items() if Outcome.PASSED in outcomes and rule not in found]
        done = {*passed, *found, *self.untested, *(crash.rule for crash in self.crashes)}
        return Examined(
            tuple(self.outcomes),
            tuple(sorted(passed)),
            tuple(sorted(rule for rule in self.seen if rule not in done)),
            tuple(sorted(set(self.untested))),
            tuple(self.crashes),
        )


def _run(
    rule: LoadedRule, subject: object, tally: _Tally, wanted: Callable[[object], bool] | None = None
) -> list[_Verdict]:
    """All verdicts of one rule; a crash is recorded, and what it said before is kept. ``wanted``: of these targets only."""
    verdicts: list[_Verdict] = []
    tally.seen.setdefault(rule.id, set())
    try:
        for target in rule.applies(subject):
            if wanted is not None and not wanted(target):
                continue
            result = rule.expect(subject, target)
            # Evidence that is no plain data could not be written down later.
            verdicts.append(_Verdict(target, replace(result, evidence=_plain(result.evidence))))
    except (AuditError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is that rule's error, and the run says so
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        line = f" (line {place.tb_lineno})" if place is not None else ""
        tally.crashes.append(
            RuleCrash(rule.id, tally.where, f"The rule {rule.id} crashed{line}: {type(error).__name__}: {error}.")
        )
    return verdicts


def _plain(evidence: Mapping[str, Json]) -> dict[str, Json]:
    return {str(key): _plain_value(value) for key, value in evidence.items()}


def _plain_value(value: Json) -> Json:
    if isinstance(value, Mapping):
        return _plain(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain_value(each) for each in value]
    raise TypeError(f"evidence holds a {type(value).__name__}")


def _outcome(rule: LoadedRule, result: Result, target: Target | None) -> RuleOutcome:
    meta = rule.rule
    return RuleOutcome(
        rule=rule.id,
        outcome=result.outcome,
        title=result.title or meta.title,
        message=result.message,
        why=meta.why,
        fix=result.fix,
        requirements=result.requirements or meta.requirements,
        fixer=meta.fixer,
        target=target,
        conditions=(result.condition.value,) if result.condition else (),
        evidence=dict(result.evidence),
        best_practice=meta.best_practice,
    )


def _at(
    outcome: RuleOutcome,
    *,
    page: str | None = None,
    static: int | None = None,
    path: str | None = None,
    line: int | None = None,
) -> RuleOutcome:
    return replace(outcome, page=page, static=static, path=path, line=line)


def _page_outcome(page: Page, rule: LoadedRule, verdict: _Verdict, owners: Ownership) -> RuleOutcome:
    element = verdict.target
    if not isinstance(element, Element):
        return _at(_outcome(rule, verdict.result, None), page=page.address)
    document = page.document
    condition = verdict.result.condition
    if condition is not None and condition in page.documents:
        document = page.documents[condition]
    # Elements carry their index within the document they were taken from.
    home = next(
        (each for each in (document, *page.documents.values()) if _holds(each.elements, element)),
        page.document,
    )
    outcome = _outcome(rule, verdict.result, home.target(element))
    located = _at(outcome, page=page.address, static=nearest_static(home, element))
    return replace(
        located,
        around=statics_around(home, element),
        styled=styled_around(home, element),
        region=owners.of(home, element, outcome.target),
    )


def _holds(elements: tuple[Element, ...], element: Element) -> bool:
    return element.index < len(elements) and elements[element.index] is element


def _axe(
    page: Page,
    rules: Mapping[str, LoadedRule],
    verdicts: Mapping[str, list[_Verdict]],
    tally: _Tally,
    owners: Ownership,
) -> None:
    """axe-core's results: one outcome for each rule and element, with the conditions it was seen under."""
    decided = _decided(page, rules, verdicts)
    conditions: dict[str, set[Condition]] = {}
    for result in page.axe:
        conditions.setdefault(result.rule, set()).add(result.condition)
    together: dict[tuple[str, str, object], list[AxeResult]] = {}
    again = told_by_another(page.axe)
    left_out: set[str] = set(again)
    for result in page.axe:
        where: object = result.node if result.node is not None else result.selector
        if (result.rule, where) in decided or result.rule in again:
            continue
        document = page.documents.get(result.condition, page.document)
        if is_beside_the_point(
            result, document, document.by_node.get(result.node) if result.node is not None else None
        ):
            left_out.add(result.rule)
            continue
        together.setdefault((result.rule, result.kind, where), []).append(result)
    found = set()
    for (rule, kind, where), results in together.items():
        # The same element can be a fact under one condition and a question under another.
        if kind == "incomplete" and (rule, "violation", where) in together:
            continue
        found.add(rule)
        tally.outcomes.append(_axe_outcome(page, results, conditions[rule], owners))
    for rule in page.axe_rules:
        # What axe-core could not decide is no pass, told or not.
        if rule not in found and rule not in left_out:
            tally.seen.setdefault(rule, set()).add(Outcome.PASSED)


def _decided(
    page: Page, rules: Mapping[str, LoadedRule], verdicts: Mapping[str, list[_Verdict]]
) -> set[tuple[str, object]]:
    """Which axe rule on which element one of our rules has judged."""
    decided: set[tuple[str, object]] = set()
    for identifier, judged in verdicts.items():
        for verdict in judged:
            element = verdict.target if isinstance(verdict.target, Element) else page.document.root
            for axe_rule in rules[identifier].rule.axe:
                decided.add((axe_rule, element.node))
                if element.selector:
                    decided.add((axe_rule, element.selector))
    return decided


def _axe_outcome(
    page: Page, results: list[AxeResult], conditions: Collection[Condition], owners: Ownership
) -> RuleOutcome:
    """One outcome. ``conditions``: those under which the rule said anything; most rules run in the wide window only."""
    first = results[0]
    words = adapt(first)
    seen = frozenset(result.condition for result in results)
    document = page.documents.get(first.condition, page.document)
    element = document.by_node.get(first.node) if first.node is not None else None
    target = document.target(element) if element else Target(first.selector, first.html[:300])
    return RuleOutcome(
        rule=first.rule,
        outcome=words.outcome,
        title=words.title,
        message=words.message,
        why=words.why,
        fix=words.fix,
        requirements=words.requirements,
        fixer=words.fixer,
        target=target,
        page=page.address,
        static=nearest_static(document, element) if element else None,
        around=statics_around(document, element) if element else (),
        styled=styled_around(document, element) if element else (),
        conditions=()
        if seen == set(conditions) and Condition.WIDE in seen
        else tuple(each.value for each in Condition if each in seen),
        evidence=words.evidence,
        engine="axe-core",
        best_practice=words.best_practice,
        region=owners.of(document, element, target),
    )
