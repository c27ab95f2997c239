"""Who is told of a fault of looks: the theme, unless an author has set them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.examine import RuleOutcome
from audit.gathered import Gathered
from audit.locate import Locator
from audit.model import Fixer, Outcome, Requirements, SourceKind, Target
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
    gathered = Gathered(tmp_path, Locator(BUILT), counts={"/a/": 10})
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
        static=5,
        around=(2,),
    )
    source = gathered.locate(outcome)
    assert source is not None
    assert source.kind is kind
