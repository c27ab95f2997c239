"""Pages that no author writes: placed, linked, traced to their files, and never in the way of an author's."""

from __future__ import annotations

import pytest

from library_base.errors import ContentErrors
from library_model.model import ExtraPage, Passage
from library_schemas.statement import PageRecord
from tests.site.projects import Project

PASSAGES = (
    Passage("audit/one.md", 3, "## First\n\nSome *words*.", "one-"),
    Passage("audit/two.md", 10, "## First\n\nOther words.\n\n- [back]({filename}/pages/index.md)", "two-"),
)
PAGE = ExtraPage("pages/about/rules.md", PageRecord(title="Rules", contents=True), "tools/rules.py", PASSAGES)


def test_it_is_placed_and_traced_passage_by_passage(site: Project) -> None:
    site.page("pages/hours.md", "See the [second]({filename}about/rules.md#two-first).\n")
    built = site.build(STEPFREE_EXTRA_PAGES=lambda: (PAGE,))
    text = built.text("about/rules/index.html")
    assert 'id="one-first"' in text
    assert 'id="two-first"' in text
    assert 'href="/about/rules/#two-first"' in built.text("hours/index.html")
    entry = built.page("/about/rules/")
    assert entry["source"] == {"path": "tools/rules.py", "line": 1}
    elements = entry["elements"]
    places = {(elements["sources"][source], line) for _, source, line in elements["runs"]}
    assert {("audit/one.md", 3), ("audit/one.md", 5), ("audit/two.md", 10), ("audit/two.md", 12)} <= places
    assert ("audit/two.md", 14) in places


def test_an_author_who_wants_the_same_address_is_told(site: Project) -> None:
    site.page("pages/about/rules.md", "Our own rules.\n")
    with pytest.raises(ContentErrors, match="have the same address, /about/rules/"):
        site.build(STEPFREE_EXTRA_PAGES=lambda: (PAGE,))


def test_a_link_to_a_part_that_is_not_there_is_refused(site: Project) -> None:
    site.page("pages/hours.md", "See the [third]({filename}about/rules.md#third).\n")
    with pytest.raises(ContentErrors, match="no anchor “third” on /about/rules/"):
        site.build(STEPFREE_EXTRA_PAGES=lambda: (PAGE,))
