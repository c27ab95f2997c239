"""Every rule about the site says exactly what its examples say it says."""

from __future__ import annotations

import pytest

from audit.model.finding import Outcome
from tests.rules.examples import TOLD, Example, assert_recorded
from tests.rules.site_examples import marked, place, site_examples, site_of
from tests.rules.together import assert_one_fault_once


@pytest.mark.parametrize("example", list(site_examples()), ids=lambda example: example.id)
def test_example(example: Example) -> None:
    site = site_of(example.file)
    said = [(target, example.rule.expect(site, target)) for target in example.rule.applies(site)]
    failed = {place(target) for target, result in said if result.outcome is Outcome.FAILED}
    asked = {place(target) for target, result in said if result.outcome is Outcome.CANT_TELL}
    expected = marked(example.file, example.rule.id)
    if example.kind == "fail":
        assert expected, f"{example.id} marks nothing"
        assert (failed, asked) == (expected, set()), [result.message for _, result in said]
    elif example.kind == "ask":
        assert expected, f"{example.id} marks nothing"
        assert (failed, asked) == (set(), expected), [result.message for _, result in said]
    else:
        assert (failed, asked, expected) == (set(), set(), set()), [result.message for _, result in said]
    if example.kind == "pass":
        assert any(result.outcome is Outcome.PASSED for _, result in said), "nothing was looked at"
    if example.kind == "inapplicable":
        assert said == []
    assert_recorded(example, [result.message for _, result in said if result.outcome in TOLD])
    for _, result in said:
        if result.outcome in TOLD:
            assert result.message
            assert result.fix
    if example.kind in {"fail", "ask"}:
        assert_one_fault_once(example, site)
