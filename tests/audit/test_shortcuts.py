"""Keys that do something, and pages that move by themselves while keys are tried."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.model.finding import Outcome
from audit.model.observations import Shortcut
from audit.rules.interaction.single_key_shortcut import rule
from tests.audit.making import page


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [("ns", Outcome.FAILED), ("bc", Outcome.FAILED), ("a", Outcome.CANT_TELL), ("abcdef", Outcome.CANT_TELL)],
)
def test_what_changes_with_the_first_keys_in_order_may_change_by_itself(keys: str, outcome: Outcome) -> None:
    plain = page()
    subject = replace(
        plain, observed=replace(plain.observed, shortcuts=tuple(Shortcut(key, ("changed",)) for key in keys))
    )
    (root,) = rule.applies(subject)
    assert rule.expect(subject, root).outcome is outcome
