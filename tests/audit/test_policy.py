"""What is shown and what blocks follows from the profile, never from a severity."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from audit.judgement.policy import Policy, blocks, shown
from audit.judgement.rules_table import Tally
from audit.model.finding import Family, Outcome
from audit.model.rule import overdue
from audit.rules import LoadedRule, load
from audit.run.run import Order
from audit.settings.config import Config
from audit.standards import criteria, profiles
from tests.audit.making import finding, rule


@pytest.mark.parametrize(
    ("profile", "count"),
    [("aoda", 36), ("wcag20-aa", 38), ("wcag21-aa", 50), ("wcag22-aa", 55), ("everything", 86)],
)
def test_how_many_criteria_each_profile_holds(profile: str, count: int) -> None:
    assert len(profiles()[profile].criteria) == count


def test_aoda_leaves_out_live_captions_and_audio_description() -> None:
    assert profiles()["wcag20-aa"].criteria - profiles()["aoda"].criteria == {"1.2.4", "1.2.5"}


def test_aoda_is_what_the_table_of_criteria_says() -> None:
    assert profiles()["aoda"].criteria == {each.id for each in criteria().values() if each.in_aoda}


@pytest.mark.parametrize(
    ("wcag", "profile", "is_shown"),
    [
        (("1.1.1",), "aoda", True),
        (("2.5.8",), "aoda", False),
        (("2.5.8",), "wcag22-aa", True),
        (("1.4.6",), "wcag22-aa", False),
        (("1.4.6",), "everything", True),
        ((), "wcag22-aa", False),
        ((), "everything", True),
        (("4.1.1",), "aoda", False),
    ],
)
def test_what_a_profile_shows(wcag: tuple[str, ...], profile: str, is_shown: bool) -> None:
    assert shown(finding(wcag=wcag), Policy(profile, ()), {}) is is_shown


@pytest.mark.parametrize("profile", ["aoda", "wcag22-aa", "everything"])
def test_the_table_of_rules_lists_what_the_profile_shows(profile: str) -> None:
    policy = Policy(profile, ())

    def agrees(loaded: LoadedRule) -> bool:
        only = {loaded.id: loaded}
        listed = bool(Tally().results(only, policy, {}))
        shows = shown(replace(finding(), rule=loaded.id, requirements=loaded.rule.requirements), policy, only)
        return listed is shows or (loaded.rule.family is Family.DUTIES and loaded.rule.best_practice)

    assert [loaded.id for loaded in load().values() if not agrees(loaded)] == []


def test_duties_are_shown_in_every_profile_and_block() -> None:
    rules = {"a-fault": rule("a-fault", family=Family.DUTIES, wcag=())}
    policy = Policy("aoda", ("aoda",))
    assert shown(finding(wcag=()), policy, rules)
    assert blocks(finding(wcag=()), policy, rules)


@pytest.mark.parametrize(
    ("wcag", "block", "is_blocking"),
    [
        (("1.1.1",), ("aoda",), True),
        (("2.5.8",), ("aoda",), False),
        (("2.5.8",), ("aoda", "wcag22-aa"), True),
        (("1.4.6",), ("wcag22-aa",), False),
        ((), ("aoda", "wcag22-aa", "everything"), False),
        (("4.1.1",), ("aoda",), False),
    ],
)
def test_what_blocks(wcag: tuple[str, ...], block: tuple[str, ...], is_blocking: bool) -> None:
    assert blocks(finding(wcag=wcag), Policy("everything", block), {}) is is_blocking


def test_questions_never_block() -> None:
    assert not blocks(finding(kind=Outcome.CANT_TELL), Policy("aoda", ("aoda",), frozenset({"a-fault"})), {})


def test_work_that_has_become_due_never_blocks() -> None:
    late = overdue("The report was due.", "Write it.", dt.date(2026, 12, 31))
    policy = Policy("aoda", ("aoda",), frozenset({"a-fault"}))
    assert blocks(finding(), policy, {})
    assert not blocks(replace(finding(), evidence=late.evidence), policy, {})


def test_a_rule_that_the_owners_named_blocks() -> None:
    assert blocks(finding(wcag=()), Policy("aoda", (), frozenset({"a-fault"})), {})


@pytest.mark.parametrize(
    ("order", "profile", "block"),
    [
        (Order("site"), "wcag22-aa", ("wcag22-aa",)),
        (Order("site", profile="wcag21-aa"), "wcag21-aa", ("wcag21-aa",)),
        (Order("site", profile="everything"), "everything", ("wcag22-aa",)),
        (Order("site", config=Config(profile="everything", block=("wcag22-aa",))), "everything", ("wcag22-aa",)),
        (Order("site", profile="aoda", config=Config(block=("wcag22-aa",))), "aoda", ("wcag22-aa",)),
        (Order("site", profile="aoda", block=("wcag20-aa",), config=Config(block=("aoda",))), "aoda", ("wcag20-aa",)),
    ],
)
def test_who_decides_what_blocks(order: Order, profile: str, block: tuple[str, ...]) -> None:
    assert (order.policy.profile, order.policy.block) == (profile, block)
