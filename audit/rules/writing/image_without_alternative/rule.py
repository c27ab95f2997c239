"""A picture in the text without an alternative that is not marked as decorative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A picture without an alternative",
    family=Family.WRITING,
    requirements=Requirements(wcag=("1.1.1",)),
    fixer=Fixer.AUTHOR,
    why="Somebody who cannot see the picture is not even told that there is one.",
    since="0.1.0",
    aliases=("picture-without-alternative",),
    covers=("image-alt", "hidden-image"),
)


@dataclass(frozen=True, slots=True)
class _Picture(Place):
    words: str = ""
    target: str = ""
    attributes: str = ""


def applies(source: SourceText) -> Iterator[Place]:
    """Every picture of the text."""
    for _, span in spans(source):
        if span.kind == "picture":
            yield _Picture(span.line, span.raw, span.column, span.words, span.target, span.attributes)


def expect(source: SourceText, place: Place) -> Result:
    """It has words, or says that it is decorative. Markdown makes no difference between forgotten and empty."""
    assert isinstance(place, _Picture)
    decorative = any(part in {".decorative", "decorative", "role=presentation"} for part in place.attributes.split())
    if place.words or decorative:
        return passed()
    return failed(
        f"The picture {place.target} has no alternative.",
        f"Say between the brackets what it tells: `![…]({place.target})`. If it adds nothing to the text, write "
        f"`![]({place.target}){{: .decorative }}`.",
        picture=place.target,
    )
