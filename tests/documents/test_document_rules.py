"""Rules about documents that never end or eat up the memory cost their document, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audit.documents.process import Limits
from audit.errors import ExitCode
from audit.model.finding import PageState
from audit.reports.writing import to_json
from audit.run.order import Order
from audit.run.run import audit
from audit.settings.config import Config
from benchmarks.documents.description import USUAL, Description
from benchmarks.documents.making import make

RULE = """
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Rule, failed

RULE = Rule(
    title="A title that was given up", family=Family.DOCUMENTS, requirements=Requirements(wcag=("2.4.2",)), fixer=Fixer.DOCUMENT,
    why="It was.", since="0.1.0",
)

def applies(document):
    if document.title == "{title}":
        {act}
    return [document.whole]

def expect(document, place):
    return failed("The title was given up.", "Give it another one.")
"""
#: What a rule does with the document of this title.
ACTS = {
    "Loop": "while True: pass",
    "Swell": "kept = [bytes(10**8) for _ in range(100)]",
    "Break": "import os; os.abort()",
}


def _pack(folder: Path) -> Path:
    for title, act in ACTS.items():
        rule = folder / f"title_{title.lower()}"
        rule.mkdir(parents=True)
        (rule / "rule.py").write_text(RULE.format(title=title, act=act), encoding="utf-8")
    return folder


def _site(folder: Path) -> Path:
    folder.mkdir()
    for title in ("Fine", "Last", *ACTS):
        described: Description = {**USUAL, "title": title, "body": [{"paragraph": "Doors open at ten in the morning."}]}
        make(described, "docx", folder / f"{title.lower()}.docx")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there does the system bound memory")
def test_a_rule_that_never_ends_or_swells_costs_its_document_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.run.document_rules.LIMITS", Limits(seconds=8, memory=500_000_000))
    order = Order(
        str(_site(tmp_path / "site")),
        use_browser=False,
        profile="wcag22-aa",
        workers=2,
        config=Config(rules=(str(_pack(tmp_path / "rules")),)),
        use_cache=False,
    )
    report = audit(order)
    states = {page.address: page.state for page in report.pages}
    reasons = {page.address: page.reason or "" for page in report.pages}
    assert {address for address, state in states.items() if state is PageState.AUDITED} == {"/fine.docx", "/last.docx"}
    for title in ACTS:
        assert reasons[f"/{title.lower()}.docx"].endswith(f"the rule title-{title.lower()} was running.")
    assert "longer than 8 seconds to examine" in reasons["/loop.docx"]
    assert "memory" in reasons["/swell.docx"]
    assert "broke the program that examines it" in reasons["/break.docx"]
    assert report.exit_code is ExitCode.INCOMPLETE
    found = {(each.page, each.rule) for each in report.findings}
    assert {(page, f"title-{title.lower()}") for page in ("/fine.docx", "/last.docx") for title in ACTS} <= found
    assert b"Traceback" not in to_json(report)
