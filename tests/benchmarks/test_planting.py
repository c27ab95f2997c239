"""Faults that are planted: what is read from their files, and where they come to stand."""

from __future__ import annotations

import random

import pytest

from benchmarks.planting.faults import Fault, faults
from benchmarks.planting.measure import plant

PAGE = "<html><head><title>t</title></head><body><nav><ul><li>n</li></ul></nav><main><p>a</p><table><tr><td><p>b</p></td></tr></table></main></body></html>"


def test_kinds_have_names_of_their_own_and_criteria() -> None:
    found = faults()
    assert len({each.name for each in found}) == len(found) >= 120
    assert all(each.criteria and each.fault.strip() and each.mended.strip() for each in found)


def test_most_of_the_catalogue_is_there() -> None:
    assert len({each.number for each in faults()} - {""}) >= 75


def test_words_and_numbers_choose() -> None:
    assert {each.number for each in faults(["F2"])} == {"F2"}


@pytest.mark.parametrize("seed", range(8))
def test_it_stands_beside_a_block_of_the_main_part(seed: int) -> None:
    planted = plant(PAGE, "<b>x", random.Random(seed))
    assert planted.count('<div class="planted"><b>x</div>') == 1
    main = planted.split("<main>")[1].split("</main>")[0]
    assert 'class="planted"' in main
    assert 'class="planted"' not in main.split("<td>")[1].split("</td>")[0]


def test_a_fault_and_its_mended_fragment_come_to_one_place() -> None:
    first, second = (plant(PAGE, text, random.Random(3)) for text in ("<i>1</i>", "<i>2</i>"))
    assert first.replace("<i>1</i>", "<i>2</i>") == second


def test_a_number_is_read_from_the_name() -> None:
    assert Fault("F12 x", ("1.1.1",), "", "").number == "F12"
    assert Fault("a menu", ("2.1.1",), "", "").number == ""
