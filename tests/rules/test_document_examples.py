"""Every rule about documents says exactly what its examples say it says, in each format."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.model.finding import Outcome
from tests.rules.document_examples import document_examples, documents_of, results_of
from tests.rules.examples import TOLD, Example, assert_recorded

EXAMPLES = document_examples()
_KINDS = {"fail": Outcome.FAILED, "ask": Outcome.CANT_TELL}


@pytest.mark.skipif(not EXAMPLES, reason="no rule about documents has an example")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_example(example: Example, tmp_path: Path) -> None:
    said: list[str] = []
    for kind, description, document in documents_of(example.file, tmp_path):
        results = results_of(example.rule, document)
        told = [result for result in results if result.outcome in TOLD]
        wanted = _KINDS.get(example.kind)
        if wanted is None:
            assert told == [], f"{kind}: {[result.message for result in told]}"
        else:
            assert [result.outcome for result in told] == [wanted] * int(description.get("finds", 1)), (
                f"{kind}: {[(result.outcome, result.message) for result in told]}"
            )
            assert all(result.message and result.fix for result in told)
        if example.kind == "pass":
            assert any(result.outcome is Outcome.PASSED for result in results), f"{kind}: nothing was looked at"
        if example.kind == "inapplicable":
            assert results == [], f"{kind}: {[result.outcome for result in results]}"
        said += [result.message for result in told]
    assert_recorded(example, said)
