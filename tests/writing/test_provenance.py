"""Faults planted at random places of a library's texts are found on exactly their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.examination.examination import examine_source
from audit.model.finding import Family
from audit.rules import load
from audit.writing import source
from benchmarks.provenance.kinds import PLANTED, Kind
from benchmarks.provenance.planting import copy_project, plant
from stepfree.installation import CONTENT_RULES
from tests.site.whole_site import LIBRARY

KINDS = tuple(kind for kind in PLANTED if not kind.needs_browser)
RULES = tuple(rule for rule in load((CONTENT_RULES,)).values() if rule.rule.family is Family.WRITING)


def _lines(file: Path, path: str, kind: Kind) -> set[int | None]:
    examined = examine_source(source.read(file, path, "fr" if "fr" in file.parts else "en"), RULES)
    assert examined.crashes == ()
    return {outcome.line for outcome in examined.outcomes if outcome.rule in kind.rules}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("untouched")
    copy_project(folder, LIBRARY)
    return folder


def test_there_are_ten_kinds_and_more() -> None:
    assert len(KINDS) >= 10


@pytest.mark.parametrize("seed", [1, 2])
def test_every_line_is_right(seed: int, untouched: Path, tmp_path: Path) -> None:
    copy_project(tmp_path, LIBRARY)
    faults = plant(tmp_path, 2 * len(KINDS), seed, KINDS)
    assert len(faults) == 2 * len(KINDS)
    wrong = {}
    for fault in faults:
        path, kind = fault.path, fault.kind
        # Two kinds can have a rule in common, and then both are what it must find here.
        planted = {each.line for each in faults if each.path == path and each.kind.rules & kind.rules}
        # What the text said before (a question, at most) is not what was planted.
        before = len(_lines(untouched / path, path, kind))
        found = _lines(tmp_path / path, path, kind)
        if not planted <= found or len(found) > len(planted) + before:
            wrong[path, kind.name] = (planted, found)
    assert wrong == {}
