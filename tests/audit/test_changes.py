"""What changes again and again is told apart from what changed several times at one moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.model.page import Change
from audit.rules.interaction.text_that_keeps_changing import rule as keeps_changing
from tests.audit.making import element, page


@pytest.mark.parametrize(("duration", "is_told"), [(0.0, False), (2.5, True)])
def test_a_menu_that_is_set_right_once_does_not_keep_changing(duration: float, is_told: bool) -> None:
    menu = element(2, "ul", 1, "Hours and Rooms")
    change = Change(menu.node, "text", 0.0, duration, "more than once")
    subject = replace(page(elements=[menu]), changes=(change,))
    assert [each.node for each in keeps_changing.applies(subject)] == ([menu.node] if is_told else [])
