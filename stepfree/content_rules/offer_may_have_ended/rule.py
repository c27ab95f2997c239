"""Something is offered whose own dates say that it may have ended."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.source import Place, SourceText
from library_schemas.deadlines import TROUBLE_FOR
from stepfree.content_rules.field_dates import DatedField, dated_fields

RULE = Rule(
    title="Is this still offered?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="People spend an evening on a door that no longer opens, and blame themselves or their screen reader.",
    since="0.1.0",
    best_practice=True,
)


def applies(source: SourceText) -> Iterator[Place]:
    """The end of a contract, and the day since when something does not work."""
    yield from dated_fields(source, ("renewal", "trouble_since"))


def expect(source: SourceText, place: Place) -> Result:
    """The dates say what was planned, not what happened."""
    assert isinstance(place, DatedField)
    title = str(source.front_matter.get("title") or "This offer")
    if place.field == "renewal" and place.past:
        return ask(
            f"The contract for “{title}” ended on {place.day.isoformat()}. Was it renewed?",
            "If so, give `renewal:` the new date. If not, write `expires:` with the last day.",
            day=place.day.isoformat(),
        )
    if place.field == "trouble_since" and place.day + TROUBLE_FOR < place.today:
        return ask(
            f"“{title}” has had a known issue since {place.day.isoformat()}. Does it still, and will it be solved?",
            "If it works again, take out `trouble:` and `trouble_since:`. If it will not, write `expires:`.",
            day=place.day.isoformat(),
        )
    return passed()
