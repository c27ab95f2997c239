"""Several emoji in a row, or emoji in a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.places import places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Emoji that are read aloud",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A screen reader says the name of each one, “party popper party popper”, in the middle of the sentence.",
    since="0.1.0",
    best_practice=True,
)

_EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]\ufe0f?"
_SHAPE = re.compile(rf"(?:{_EMOJI}\s*)+")
_LONGEST = 2


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, _SHAPE)


def expect(source: SourceText, place: Place) -> Result:
    """One or two at the end of a sentence are fine; three, or any in a heading, are asked about."""
    count = len(re.findall(_EMOJI, place.quote))
    heading = source.lines[place.line - 1].lstrip().startswith("#")
    if count <= _LONGEST and not heading:
        return passed()
    what = "in a heading" if heading else f"{count} in a row"
    return ask(
        f"“{place.quote}” ({what}) is read aloud name by name. Does the text need it?",
        "Leave it out, or keep one at the end of the sentence.",
        count=count,
    )
