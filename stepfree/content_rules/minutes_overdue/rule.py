"""A board meeting was held some time ago, and its approved minutes are not there."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.source import Place, SourceText
from library_schemas.deadlines import MINUTES_WITHIN
from stepfree.content_rules.field_dates import DatedField, dated_fields

RULE = Rule(
    title="Where are the approved minutes?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People who cannot come to a meeting learn what was decided from its minutes only.",
    since="0.1.0",
    best_practice=True,
)


def applies(source: SourceText) -> Iterator[Place]:
    """Meetings that were not cancelled."""
    if source.path.startswith("content/meetings/") and source.front_matter.get("state") != "cancelled":
        yield from dated_fields(source, ("starts",))


def expect(source: SourceText, place: Place) -> Result:
    """Only the board’s secretary knows whether there was a meeting in between."""
    assert isinstance(place, DatedField)
    status = str(source.front_matter.get("minutes_status") or "none")
    if status == "approved" or place.day + MINUTES_WITHIN >= place.today:
        return passed()
    what = "only a draft of its minutes is here" if status == "draft" else "there are no minutes of it here"
    return ask(
        f"The meeting was on {place.day.isoformat()}, and {what}. Have they been approved since?",
        "Add the approved minutes and write `minutes_status: approved`.",
        day=place.day.isoformat(),
    )
