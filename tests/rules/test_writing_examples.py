"""Every rule about writing says exactly what its Markdown examples say it says."""

from __future__ import annotations

import pytest

from audit.model.finding import Family, Outcome
from audit.rules import load as load_rules
from stepfree.installation import CONTENT_RULES
from tests.rules.examples import TOLD, Example, assert_recorded, examples_of
from tests.rules.together import assert_one_fault_once
from tests.rules.written_examples import marked_lines, written_example

RULES = [rule for rule in load_rules((CONTENT_RULES,)).values() if rule.rule.family is Family.WRITING]
EXAMPLES = [example for rule in RULES for example in examples_of(rule, ".md")]


@pytest.mark.skipif(not EXAMPLES, reason="no rule about writing has an example")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_example(example: Example) -> None:
    source, marked = written_example(example.file), marked_lines(example.file, example.rule.id)
    targets = list(example.rule.applies(source))
    said = [(target, example.rule.expect(source, target)) for target in targets]
    failed = {target.line for target, result in said if result.outcome is Outcome.FAILED}
    asked = {target.line for target, result in said if result.outcome is Outcome.CANT_TELL}
    if example.kind == "fail":
        assert marked, f"{example.id} marks no line"
        assert (failed, asked) == (marked, set())
    elif example.kind == "ask":
        assert marked, f"{example.id} marks no line"
        assert (failed, asked) == (set(), marked)
    else:
        assert (failed, asked, marked) == (set(), set(), set())
    if example.kind == "pass":
        assert targets, "nothing was looked at"
    if example.kind == "inapplicable":
        assert targets == []
    assert_recorded(example, [result.message for _, result in said if result.outcome in TOLD])
    for _, result in said:
        if result.outcome in TOLD:
            assert result.message
            assert result.fix
    if example.kind in {"fail", "ask"}:
        assert_one_fault_once(example, source)
