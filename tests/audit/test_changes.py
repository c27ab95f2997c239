"""What changes again and again is told once, and apart from what changed several times at one moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.model.page import Change
from audit.rules.interaction.marquee_or_blink import rule as blinking
from audit.rules.interaction.text_that_keeps_changing import rule as keeps_changing
from tests.audit.making import element, page


@pytest.mark.parametrize(("duration", "is_told"), [(0.0, False), (2.5, True)])
def test_a_menu_that_is_set_right_once_does_not_keep_changing(duration: float, is_told: bool) -> None:
    menu = element(2, "ul", 1, "Hours and Rooms")
    change = Change(menu.node, "text", 0.0, duration, "more than once")
    subject = replace(page(elements=[menu]), changes=(change,))
    assert [each.node for each in keeps_changing.applies(subject)] == ([menu.node] if is_told else [])


def test_slides_that_take_turns_are_told_once() -> None:
    slides, first, second = element(2, "div", 1), element(3, "div", 2, "The choir sings"), element(4, "div", 2, "Boats")
    subject = page(elements=[slides, first, second])
    turns = Change(slides.node, "text", 3.0, 6.0, "more than once")
    blinks = Change(second.node, "blink", 3.0, 6.0, "more than once")
    for changes, told in (((turns, blinks), []), ((blinks,), [second.node])):
        found = blinking.applies(replace(subject, changes=changes))
        assert [each.node for each in found] == told
