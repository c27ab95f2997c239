"""Examples written in another way: the page stays the same page, and rules say the same of it."""

from __future__ import annotations

import random

import lxml.html
import pytest

from benchmarks.variation.measure import measure, variants
from benchmarks.variation.transformations import TRANSFORMATIONS

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<title>Hours</title>
<style>.b { color: #123456; margin: 16px } @media (max-width: 640px) { .b { color: #000 } }</style>
</head>
<body>
<p class="b other" data-expect="x" title="Hours">We open at <b>nine</b>.</p>
</body>
</html>
"""


@pytest.mark.parametrize("name", sorted(TRANSFORMATIONS))
class TestTransformation:
    def test_keeps_text_and_marks(self, name: str) -> None:
        made = TRANSFORMATIONS[name](PAGE, random.Random(1))
        if made is None:
            pytest.skip("there is nothing to write in another way here")
        assert made != PAGE
        tree = lxml.html.document_fromstring(made)
        (marked,) = (each for each in tree.iter() if each.get("data-expect"))
        assert " ".join("".join(str(part) for part in marked.itertext()).split()) == "We open at nine."

    def test_the_same_seed_gives_the_same_page(self, name: str) -> None:
        make = TRANSFORMATIONS[name]
        assert make(PAGE, random.Random(7)) == make(PAGE, random.Random(7))


def test_other_names_are_other_in_sheet_and_page() -> None:
    made = TRANSFORMATIONS["other class names"](PAGE, random.Random(1))
    assert made is not None
    assert ".b " not in made
    assert "other" in made


def test_what_a_script_uses_keeps_its_name() -> None:
    page = PAGE.replace("</body>", "<script>document.querySelector('.b')</script></body>")
    assert TRANSFORMATIONS["other class names"](page, random.Random(1)) is None


def test_what_mends_the_tags_of_an_example_is_no_variant_of_it() -> None:
    made = {(each.example.stem, each.transformation) for each in variants(["broken-markup"], ["in main"], 1)}
    assert ("pass-a-comment-with-tags", "in main") in made
    assert ("fail-an-end-without-a-start", "in main") not in made


@pytest.mark.browser
def test_rules_say_the_same_of_a_sample() -> None:
    chosen = list(
        variants(["empty-paragraph", "structure-taken-away", "link-without-purpose"], ["in main", "in more boxes"], 1)
    )
    sample = random.Random(3).sample(chosen, 12)
    measured = measure(sample)
    assert measured.lost == []
    assert sum(measured.all.values()) == 12
