"""A day by which somebody wanted to act, named in the front matter, has passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, overdue, passed
from audit.writing.source import Place, SourceText
from library_schemas.deadlines import YEARS, years_after
from stepfree.content_rules.field_dates import DatedField, dated_fields

RULE = Rule(
    title="A promised day has passed",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People act on what the page says; when nobody has checked it in time, they may come or ask for nothing.",
    since="0.1.0",
    best_practice=True,
)

#: Field → what was to be done by then, and what to do now.
_DUE = {
    "review_by": (
        "was due to be checked again by {day}",
        "Check that all of it is still true, then give `reviewed:` today’s date and `review_by:` a new one.",
    ),
    "review_due": (
        "was due for review by the board by {day}",
        "Bring the policy before the board, then give `approved:` and `review_due:` their new dates.",
    ),
    "next_update": (
        "was to give an update by {day}",
        "Write how things stand and give `next_update:` a new date, or `expected_end:` once the end is known.",
    ),
}


def applies(source: SourceText) -> Iterator[Place]:
    """Fields with a day by which something is to be done; of a notice with a known end, its end decides."""
    for field in dated_fields(source, tuple(_DUE)):
        if field.field != "next_update" or not source.front_matter.get("expected_end"):
            yield field
    years = YEARS.get(str(source.front_matter.get("duty")))
    if years:
        for field in dated_fields(source, ("dated",)):
            yield replace(field, day=years_after(field.day, years))


def expect(source: SourceText, place: Place) -> Result:
    """The calendar decides."""
    assert isinstance(place, DatedField)
    if not place.past:
        return passed()
    title = str(source.front_matter.get("title") or "This page")
    if place.field == "dated":
        return overdue(
            f"O. Reg. 191/11 asks for a new version of “{title}” by {place.day.isoformat()} (`{place.quote}`).",
            "Publish the next one, with its own date in `dated:`.",
            place.day,
        )
    words, fix = _DUE[place.field]
    return overdue(f"“{title}” {words.format(day=place.day.isoformat())}.", fix, place.day)
