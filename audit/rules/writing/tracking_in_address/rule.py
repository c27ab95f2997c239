"""An address that carries marks for following people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.places import ADDRESS, places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="The address follows people",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="It tells an advertiser which newsletter or account somebody came from; a library keeps reading private.",
    since="0.1.0",
    best_practice=True,
)

_MARK = re.compile(
    r"[?&;](utm_\w+|fbclid|gclid|dclid|msclkid|mc_eid|mc_cid|igshid|_hsenc)=[^&#]*|;jsessionid=[^?#]*", re.IGNORECASE
)


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, ADDRESS)


def expect(source: SourceText, place: Place) -> Result:
    """The known marks of trackers and sessions; any other parameter may be needed."""
    marks = [match.group(0) for match in _MARK.finditer(place.quote)]
    if not marks:
        return passed()
    clean = _MARK.sub("", place.quote)
    clean = clean.replace("&", "?", 1) if "?" not in clean and "&" in clean else clean
    return failed(
        f"{place.quote} carries {marks[0].lstrip('?&;').split('=')[0]}, which tracks whoever follows it.",
        f"Write `{clean}`.",
    )
