"""Who is told of a fault of looks: the theme, unless an author has set them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.examination.examination import RuleOutcome
from audit.examination.provenance import Locator, styled_around
from audit.model.finding import Fixer, Outcome, Requirements, Source, SourceKind, Target
from audit.run.page_results import PageResults
from tests.audit.making import document, element
from tests.audit.test_locate import BUILT


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>Faint", SourceKind.THEME),
        ('<a href="/x/">Faint', SourceKind.THEME),
        ('<p style="color: #999">Faint', SourceKind.CONTENT),
        ('<font color="red">Faint', SourceKind.CONTENT),
        ('<font size="1">Tiny', SourceKind.CONTENT),
    ],
)
def test_looks_set_by_hand_are_their_authors(html: str, kind: SourceKind, tmp_path: Path) -> None:
    source = _located(tmp_path, html)
    assert source is not None
    assert source.kind is kind


@pytest.mark.parametrize(
    ("styled", "kind"),
    [
        # The author's box (5) around the words (6), the theme's around it (2).
        ((5,), SourceKind.CONTENT),
        ((5, 2), SourceKind.CONTENT),
        ((2,), SourceKind.THEME),
        ((), SourceKind.THEME),
    ],
)
def test_who_styles_a_box_by_hand_answers_for_what_is_in_it(
    styled: tuple[int, ...], kind: SourceKind, tmp_path: Path
) -> None:
    source = _located(tmp_path, "<p>Faint", static=6, around=(5, 2), styled=styled)
    assert source is not None
    assert source.kind is kind
    assert source.line == (7 if kind is SourceKind.CONTENT else 14)


@pytest.mark.parametrize(
    ("attributes", "counts"),
    [
        ({"style": "color: #999"}, True),
        ({"style": "background-color:#eee; margin: 0"}, True),
        ({"bgcolor": "#eeeeee"}, True),
        ({"style": "margin: 1em"}, False),
        ({"style": "text-align: center"}, False),
        ({"class": "note"}, False),
        ({}, False),
    ],
)
def test_what_reaches_the_words_inside(attributes: dict[str, str], counts: bool) -> None:
    page = document((element(0, "html"), element(1, "div", 0, **attributes), element(2, "p", 1, "Words")))
    assert styled_around(page, page.elements[2]) == ((1,) if counts else ())


def _located(
    folder: Path, html: str, static: int = 5, around: tuple[int, ...] = (2,), styled: tuple[int, ...] = ()
) -> Source | None:
    results = PageResults(folder, Locator(BUILT), counts={"/a/": 10})
    outcome = RuleOutcome(
        rule="low-contrast",
        outcome=Outcome.FAILED,
        title="",
        message="",
        why="",
        fix="",
        requirements=Requirements(),
        fixer=Fixer.THEME,
        target=Target("p", html),
        page="/a/",
        static=static,
        around=around,
        styled=styled,
    )
    return results.locate(outcome)
