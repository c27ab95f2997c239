"""Every rule about writing says exactly what its Markdown examples say it says."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from audit.model import Family, Outcome
from audit.rules import load as load_rules
from audit.writing.source import SourceText
from tests.rules.examples import Example, examples_of

RULES = [rule for rule in load_rules().values() if rule.rule.family is Family.WRITING]
EXAMPLES = [example for rule in RULES for example in examples_of(rule, ".md")]
FOLDERS = {"programs", "pages", "e-resources", "meetings"}
TODAY = dt.date(2026, 11, 22)
_MARK = re.compile(r"\s*(?:<!-- expect: ([\w-]+) -->|# expect: ([\w-]+))[ \t]*$", re.MULTILINE)


def _source(example: Example) -> tuple[SourceText, set[int]]:
    """The text without its marks, and the lines that are marked for the rule."""
    text = example.file.read_text(encoding="utf-8")
    lines = {
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := _MARK.search(line)) and example.rule.id in match.groups()
    }
    stem = example.file.stem
    # "ask-a-poster-in-programs.md" is read as a file of content/programs/.
    folder = f"{stem.rpartition('-in-')[2]}/" if "-in-" in stem and stem.rpartition("-in-")[2] in FOLDERS else ""
    lang = "fr" if stem.endswith("-fr") else "en"
    return SourceText(f"content/{folder}{example.file.name}", _MARK.sub("", text), lang, today=TODAY), lines


@pytest.mark.skipif(not EXAMPLES, reason="no rule about writing has an example")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_example(example: Example) -> None:
    source, marked = _source(example)
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
    for _, result in said:
        if result.outcome in {Outcome.FAILED, Outcome.CANT_TELL}:
            assert result.message
            assert result.fix
