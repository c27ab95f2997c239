"""Which source files rules about writing read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from audit.judgement.gate import examine_sources
from audit.model.finding import Family, SourceKind
from audit.rules import load
from audit.survey.manifest import BuiltPage, Elements, Manifest
from stepfree.installation import CONTENT_RULES

SLIP = "---\ntitle: A text\n---\nBring:\n- a bag\n- a cord\n"
WRITING = [rule for rule in load((CONTENT_RULES,)).values() if rule.rule.family is Family.WRITING]


def _built(*places: str) -> Manifest:
    elements = Elements(len(places), tuple(range(len(places))), tuple((path, 1) for path in places))
    page = BuiltPage(
        "/questions/", "questions/index.html", "0", "content/pages/questions.md", 1, "questions", "en", 200, "page", elements
    )  # fmt: skip
    owners = {"audit/rules/writing/fake_list/doc.md": SourceKind.PLUGIN}
    return Manifest("manifest.json", "/", {page.address: page}, {}, owners)


def test_what_has_no_page_of_its_own_is_read_where_it_is_shown(tmp_path: Path) -> None:
    paths = ("content/pages/questions.md", "content/questions/late-fees.md", "audit/rules/writing/fake_list/doc.md")
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(SLIP, encoding="utf-8")
    examined = examine_sources(tmp_path, _built(*paths), WRITING, dt.date(2026, 11, 22))
    found = [(each.path, each.line, each.page) for one in examined for each in one.outcomes if each.rule == "fake-list"]
    # The program's own files are no content, though a page is made from them.
    assert found == [
        ("content/pages/questions.md", 5, "/questions/"),
        ("content/questions/late-fees.md", 5, "/questions/"),
    ]
