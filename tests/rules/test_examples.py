"""Every rule says exactly what its examples say it says."""

from __future__ import annotations

import pytest

from audit.model.finding import Outcome
from tests.rules.examples import Example, ExampleCaptures, assert_recorded, expected, page_examples, reported, verdicts
from tests.rules.together import assert_one_fault_once

#: Rules without any example are found by ``test_rule_folders``.
EXAMPLES = page_examples()


@pytest.mark.browser
@pytest.mark.skipif(not EXAMPLES, reason="no rule has an example")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_example(example: Example, captures: ExampleCaptures) -> None:
    page = captures.page(example.file, example.rule.rule.needs)
    said = verdicts(example.rule, page)
    failed, asked = reported(said, Outcome.FAILED), reported(said, Outcome.CANT_TELL)
    marked = expected(page, example.rule)
    if example.kind in {"fail", "ask"}:
        assert marked, f"{example.id} marks no element with data-expect"
    if example.kind == "fail":
        assert (set(failed), asked) == (marked, {}), failed
    elif example.kind == "ask":
        assert (failed, set(asked)) == ({}, marked), asked
    else:
        assert not marked, f"{example.id} must not expect anything"
        assert (failed, asked) == ({}, {})
    if example.kind == "pass":
        assert any(each.result.outcome is Outcome.PASSED for each in said), "nothing was looked at"
    if example.kind == "inapplicable":
        assert [each for each in said if each.result.outcome is not Outcome.INAPPLICABLE] == []
    assert_recorded(example, [*failed.values(), *asked.values()])
    for each in said:
        if each.result.outcome in {Outcome.FAILED, Outcome.CANT_TELL}:
            assert each.result.message, "a finding says what is there"
            assert each.result.fix, "a finding says what to do"
    if example.kind in {"fail", "ask"}:
        assert_one_fault_once(example, page)
