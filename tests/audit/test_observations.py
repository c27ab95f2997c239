"""What a visit observes is read by somebody: what nobody reads costs every page its time, and tells nobody anything."""

from __future__ import annotations

import ast
import dataclasses
from functools import cache
from pathlib import Path

import pytest

from audit.model import document, observations, page, site
from audit.model.observations import Observations

ROOT = Path(__file__).parents[2]
#: The rooms that use what was observed; the one that records it is none of them.
READERS = ("audit/rules", "audit/semantics", "audit/examination", "audit/run", "stepfree/content_rules")
#: What a page is, and what it tells the rules about whole sites.
OTHERS = [
    each
    for module in (document, page, site)
    for each in vars(module).values()
    if dataclasses.is_dataclass(each) and each.__module__ == module.__name__
]
#: What a later step of the capture reads, and nobody after it.
WITHIN = {"entered": "audit/capture/forms.py", "scroll_height": "audit/capture/backdrops.py"}
KINDS = [each for each in vars(observations).values() if dataclasses.is_dataclass(each) and isinstance(each, type)]


@cache
def _read() -> tuple[frozenset[str], frozenset[str]]:
    """The names read of ``….observed``, and all names of attributes that are read."""
    own, everything = set(), set()
    files = [file for room in READERS for file in sorted((ROOT / room).rglob("*.py"))]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                everything.add(node.attr)
                if isinstance(node.value, ast.Attribute) and node.value.attr == "observed":
                    own.add(node.attr)
    assert len(files) > 300
    return frozenset(own), frozenset(everything)


@pytest.mark.parametrize("name", [each.name for each in dataclasses.fields(Observations)])
def test_what_is_observed_is_read(name: str) -> None:
    assert name in _read()[0], f"nothing reads {name}: let a rule read it, or do not record it"


@pytest.mark.parametrize("kind", [*(each for each in KINDS if each is not Observations), *OTHERS])
def test_each_part_of_it_is_read(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    unread = [each.name for each in dataclasses.fields(kind) if each.name not in _read()[1] | WITHIN.keys()]
    assert unread == []


@pytest.mark.parametrize(("name", "file"), WITHIN.items())
def test_what_the_capture_reads_itself_is_read(name: str, file: str) -> None:
    assert f".{name}" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_frozen_and_has_slots(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert hasattr(kind, "__slots__")
