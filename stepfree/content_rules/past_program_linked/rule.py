"""A text still sends people to a program whose last day has passed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import spans
from audit.writing.source import Place, SourceText
from stepfree.content_rules.field_dates import day_of
from stepfree.content_rules.neighbours import last_day, linked

RULE = Rule(
    title="The program it leads to is over",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People plan their way and find a locked door; who needs a ride or an interpreter has booked both.",
    since="0.1.0",
    best_practice=True,
)

#: News so old is read as what it was then.
ARCHIVE = dt.timedelta(days=365)
#: Texts of these kinds are records of their day, or the program itself.
_RECORDS = frozenset({"meetings", "programs", "statistics", "policies", "redirects"})
#: The fields that a program has.
_PROGRAM = frozenset({"starts", "ends"})
_PATH = re.compile(r"(?<![\w/-])programs/[\w/-]+\.md")


@dataclass(frozen=True, slots=True)
class _Invitation(Place):
    program: str = ""
    last: dt.date = dt.date.min


def applies(source: SourceText) -> Iterator[Place]:
    """Programs that a text or its front matter leads to, once each, if their fields say when they end."""
    folder = source.path.removeprefix("content/").split("/")[0]
    published = day_of(source.front_matter.get("date"))
    if source.today is None or folder in _RECORDS or (published and published + ARCHIVE < source.today):
        return
    for found in (_fields(source), _links(source)):
        for target, (line, words) in found.items():
            program = linked(source, target)
            last = last_day(program) if program.keys() >= _PROGRAM else None
            if last is not None:
                yield _Invitation(line, words, 1, str(program.get("title") or words), last)


def expect(source: SourceText, place: Place) -> Result:
    """What is over can be told of, in a text that says so; only the author knows whether it does."""
    assert isinstance(place, _Invitation)
    assert source.today is not None
    day = place.last.isoformat()
    if place.last >= source.today:
        return passed()
    leave = " If the whole text was about it, write `expires:` with that day." if "date" in source.front_matter else ""
    return ask(
        f"“{place.program}” ended on {day}. Does this text still invite people to it?",
        f"If so, take “{place.quote}” out, or say that it is over.{leave}",
        last=day,
    )


def _links(source: SourceText) -> dict[str, tuple[int, str]]:
    """The first link of the text to each target: its line and words."""
    found: dict[str, tuple[int, str]] = {}
    for _, span in spans(source):
        if span.kind == "link":
            found.setdefault(span.target, (span.line, span.words))
    return found


def _fields(source: SourceText) -> dict[str, tuple[int, str]]:
    """What the front matter leads to: tasks of the start page, related pages, links."""
    found: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(source.lines[: source.body_start - 1], start=1):
        if not line.startswith("translation_of"):
            for match in _PATH.finditer(line):
                found.setdefault(f"{{filename}}/{match.group()}", (number, match.group()))
    return found
