"""An online resource that works in a branch only, described as usable from home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Does it work from home?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who cannot easily come in try at home for nothing, or never try what would work.",
    since="0.1.0",
    best_practice=True,
)

_SHAPE = re.compile(
    r"\b(?:from home|at home|anywhere|from any(?:where| device)|de chez vous|à la maison|chez vous|n['’]importe où)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|cannot|can['’]t|doesn['’]t|isn['’]t|never|only|ne|pas|seulement|instead)\b", re.IGNORECASE)


def applies(source: SourceText) -> Iterator[Place]:
    """Words about home in the text of a resource whose access is in-branch."""
    if source.front_matter.get("access") == "in-branch":
        yield from places(source, _SHAPE)


def expect(source: SourceText, place: Place) -> Result:
    """The sentence may say that it does not work from home; only then it agrees with the field."""
    if _NOT.search(source.lines[place.line - 1]):
        return passed()
    return ask(
        f"The field `access` says in-branch, and the text says “{place.quote}”. Which is right?",
        "Change `access`, or write “only inside a branch”.",
    )
