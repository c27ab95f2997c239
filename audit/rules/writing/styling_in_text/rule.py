"""HTML for looks in the text of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Looks that fight the theme",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Fixed colours and sizes do not follow dark colours, large text or a person’s own settings.",
    since="0.1.0",
    covers=("obsolete-element", "inline-colour"),
    best_practice=True,
)

_SHAPE = re.compile(
    r"<(?:font|center|big|marquee|blink|u)\b[^>]*>|<[a-z][^>]*\s(?:style|bgcolor|align|on[a-z]+)\s*=[^>]*>|<[a-z][\w-]*[^>]*>",
    re.IGNORECASE,
)
_LOOKS = re.compile(r"^<(?:font|center|big|marquee|blink|u)\b|\s(?:style|bgcolor|align|on[a-z]+)\s*=", re.IGNORECASE)


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, _SHAPE, without=frozenset())


def expect(source: SourceText, place: Place) -> Result:
    """Other elements, such as abbr or kbd, are welcome."""
    if not _LOOKS.search(place.quote):
        return passed()
    return failed(
        f"`{place.quote}` sets looks or behaviour by hand.",
        "Remove it. For weight write `**bold**`, for a box `!!! note`, for a heading `##`.",
    )
