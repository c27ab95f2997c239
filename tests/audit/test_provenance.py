"""Findings name the file and line that somebody wrote, or say that it is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.examination.provenance import Locator, nearest_static
from audit.model.finding import Source, SourceKind
from audit.survey.manifest import BuiltFile, BuiltPage, Elements, Manifest
from tests.audit.making import document, element

ELEMENTS = Elements(
    count=10,
    starts=(2, 5, 8),
    places=(("theme/templates/base.html", 14), ("content/pages/a.md", 7), ("theme/templates/base.html", 30)),
)
BUILT = Manifest(
    "manifest.json",
    "/",
    {"/a/": BuiltPage("/a/", "a/index.html", "0", "content/pages/a.md", 1, "page.html", "en", 200, "page", ELEMENTS)},
    {"documents/plan.pdf": BuiltFile("documents/plan.pdf", "0", "content/documents/plan.pdf")},
    {
        "theme/templates/base.html": SourceKind.THEME,
        "layouts/head.html": SourceKind.THEME,
        "tools/pages.py": SourceKind.PLUGIN,
    },
)


@pytest.mark.parametrize(
    ("ordinal", "source"),
    [
        (2, Source("theme/templates/base.html", 14, SourceKind.THEME)),
        (4, Source("theme/templates/base.html", 14, SourceKind.THEME)),
        (5, Source("content/pages/a.md", 7, SourceKind.CONTENT)),
        (9, Source("theme/templates/base.html", 30, SourceKind.THEME)),
        # Before the first run, beyond the last element, and nowhere: the page's own file.
        (0, Source("content/pages/a.md", None, SourceKind.CONTENT)),
        (10, Source("content/pages/a.md", None, SourceKind.CONTENT)),
        (None, Source("content/pages/a.md", None, SourceKind.CONTENT)),
    ],
)
def test_an_element_is_traced_to_its_line(ordinal: int | None, source: Source) -> None:
    assert Locator(BUILT).element("/a/", ordinal, 10) == source


def test_where_browser_and_build_count_differently_no_line_is_blamed() -> None:
    locator = Locator(BUILT)
    assert locator.element("/a/", 5, 11) == Source("content/pages/a.md", None, SourceKind.CONTENT)
    assert locator.disagrees("/a/", 11)
    assert not locator.disagrees("/a/", 10)
    assert not locator.disagrees("/a/", None)


def test_without_a_manifest_nothing_is_known() -> None:
    locator = Locator(None)
    assert locator.element("/a/", 5, 10) is None
    assert locator.page("/a/") is None


def test_a_page_that_the_build_does_not_know_has_no_source() -> None:
    assert Locator(BUILT).element("/b/", 5, 10) is None


def test_a_document_is_traced_to_its_file() -> None:
    assert Locator(BUILT).document("documents/plan.pdf") == Source(
        "content/documents/plan.pdf", None, SourceKind.DOCUMENT
    )
    assert Locator(BUILT).document("documents/other.pdf") is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/pages/a.md", SourceKind.CONTENT),
        ("layouts/head.html", SourceKind.THEME),
        ("tools/pages.py", SourceKind.PLUGIN),
        ("content/documents/plan.PDF", SourceKind.DOCUMENT),
        ("stepfree.toml", SourceKind.CONTENT),
    ],
)
def test_whose_file_it_is(path: str, kind: SourceKind) -> None:
    assert Locator(BUILT).owner(path) is kind


def test_what_a_script_made_takes_the_place_of_what_holds_it() -> None:
    made = replace(element(3, "span", 2), static=None)
    inner = replace(element(4, "b", 3), static=None)
    page = document([element(0, "html"), element(1, "body", 0), element(2, "div", 1), made, inner])
    assert nearest_static(page, page[4]) == 2


def test_what_is_in_a_frame_takes_the_place_of_the_frame() -> None:
    inside = replace(element(3, "html", 2), static=0, frame=102)
    page = document([element(0, "html"), element(1, "body", 0), element(2, "iframe", 1), inside])
    assert nearest_static(page, page[3]) == 2
