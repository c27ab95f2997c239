"""Two different pictures of one text have the same alternative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Two pictures, one description",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Who cannot see the pictures believes that it is the same one twice.",
    since="0.1.0",
    best_practice=True,
)


def applies(source: SourceText) -> Iterator[Place]:
    """The first use of each alternative for another picture than before; a single picture is looked at as well."""
    for _, span in spans(source):
        if span.kind == "picture" and span.words:
            yield Place(span.line, span.raw, span.column)


def expect(source: SourceText, place: Place) -> Result:
    """Only eyes can tell whether the pictures show the same."""
    pictures = {span.raw: span for _, span in spans(source) if span.kind == "picture" and span.words}
    mine = pictures[place.quote]
    same = [span for span in pictures.values() if span.words.casefold() == mine.words.casefold()]
    targets = Counter(span.target for span in same)
    if len(targets) < 2 or same[0].target == mine.target:
        return passed()
    return ask(
        f"Two pictures of this page are both described as “{mine.words}”. Do they show the same?",
        "Say of each what it shows and the other does not; or mark one as decorative with `{: .decorative }`.",
        pictures=sorted(targets),
    )
