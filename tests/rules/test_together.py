"""The list of rules that may speak of one thing is in order; ``test_examples`` and its likes hold it against what is said."""

from __future__ import annotations

from tests.rules.together import RULES, listed


def test_each_pair_is_of_two_rules_and_has_an_example_and_a_reason() -> None:
    pairs = listed()
    assert [pair.rules for pair in pairs] == sorted({pair.rules for pair in pairs})
    for pair in pairs:
        one, other = pair.rules
        assert one < other
        assert {one, other} <= RULES.keys()
        rule, _, name = pair.example.partition("/")
        assert (RULES[rule].folder / "examples" / name).is_file(), pair.example
        assert pair.why.endswith((".", ")."))
