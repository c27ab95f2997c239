"""A heading is bold as a whole, or ends with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Heading with marks it does not need",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Bold in a heading changes nothing for the eye and is announced by some screen readers; a colon promises a list.",
    since="0.1.0",
    best_practice=True,
)

_BOLD = re.compile(r"(\*\*|__)(?!\s)(?P<words>.+?)(?<!\s)\1:?")


def applies(source: SourceText) -> Iterator[Place]:
    """Headings with words."""
    for block in blocks_of(source):
        if block.kind is BlockKind.HEADING and block.text.strip():
            yield Place(block.line, block.text.strip())


def expect(source: SourceText, place: Place) -> Result:
    """The heading is a heading without them; the author may have had a reason."""
    bold = _BOLD.fullmatch(place.quote)
    bare = (bold["words"] if bold else place.quote).rstrip(" :\u00a0")
    if bold:
        what = "is bold as a whole"
    elif place.quote.endswith(":"):
        what = "ends with a colon"
    else:
        return passed()
    level = source.lines[place.line - 1].split(" ")[0]
    return ask(f"The heading “{place.quote}” {what}. Does it need that?", f"Write `{level} {bare}`.")
