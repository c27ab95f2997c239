"""Every rule is whole: metadata, documentation, examples, more look-alikes than hits."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest
from packaging.version import Version

from audit.rules import LoadedRule, load
from stepfree.installation import CONTENT_RULES
from tests.rules.examples import KINDS

RULES = tuple(load((CONTENT_RULES,)).values())
HEADINGS = (
    "## What is checked",
    "## Who is hurt, and how",
    "## How to fix it",
    "### For an author",
    "### For a developer",
    "## What is not checked",
    "## Requirements and sources",
)
CRITERION = re.compile(r"[1-4]\.[1-5]\.\d{1,2}")
SINCE = re.compile(r"\d+\.\d+\.\d+")
#: Words for which the field has others.
OTHER_WORDS = frozenset({"picture", "pictures", "film", "films", "sound", "sounds", "dialogue", "dialogues"})
ACT = re.compile(r"[0-9a-z]{6}")


@pytest.mark.skipif(not RULES, reason="there is no rule")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
class TestFolder:
    def test_metadata(self, rule: LoadedRule) -> None:
        meta = rule.rule
        assert len(meta.title.split()) <= 7
        assert meta.why.endswith(".")
        assert all(CRITERION.fullmatch(number) for number in meta.requirements.wcag)
        assert all(ACT.fullmatch(identifier) for identifier in meta.requirements.act)
        assert (rule.folder / "__init__.py").exists()
        assert rule.folder.parent.name == (meta.family if rule.source.startswith("audit/") else "content_rules")
        assert not (meta.best_practice and meta.requirements.wcag), "what breaks a criterion is no mere best practice"
        assert OTHER_WORDS.isdisjoint(rule.id.split("-")), "the field says image, video, audio, dialog"
        assert SINCE.fullmatch(meta.since)
        assert Version(meta.since) <= Version(version("stepfree"))

    def test_documentation_has_its_sections_in_order(self, rule: LoadedRule) -> None:
        text = (rule.folder / "doc.md").read_text(encoding="utf-8")
        found = [line for line in text.splitlines() if line in HEADINGS]
        assert found == list(HEADINGS)
        assert text.startswith("# ")
        for number in rule.rule.requirements.wcag:
            assert number in text

    def test_examples_hold_more_look_alikes_than_hits(self, rule: LoadedRule) -> None:
        counts = dict.fromkeys(KINDS, 0)
        for path in (rule.folder / "examples").iterdir():
            kind = path.name.split("-")[0]
            if kind in counts:
                counts[kind] += 1
        hits = counts["fail"] + counts["ask"]
        assert hits
        assert counts["pass"]
        assert counts["pass"] + counts["inapplicable"] > hits
