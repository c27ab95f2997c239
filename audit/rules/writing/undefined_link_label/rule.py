"""A link by label whose label is defined nowhere stays as text in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Link label without an address",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Readers see brackets instead of a link, and the place that it should lead to is missing.",
    since="0.1.0",
    best_practice=True,
)

_LABELLED = re.compile(r"(?<![!\\\]])\[(?P<words>[^\[\]]+)\]\[(?P<label>[^\[\]]*)\](?![\[(])")
_DEFINED = re.compile(r"^\s{0,3}\[(?P<label>[^\[\]]+)\]:\s*\S", re.MULTILINE)


def applies(source: SourceText) -> Iterator[Place]:
    """Links that are written with a label: `[words][label]`."""
    for block in blocks_of(source):
        if block.kind is BlockKind.CODE:
            continue
        for line in block.lines:
            for match in _LABELLED.finditer(line.text):
                yield Place(line.number, match.group(0), match.start() + 1)


def expect(source: SourceText, place: Place) -> Result:
    """The label must be defined somewhere in the same file; an empty one is the words themselves."""
    match = _LABELLED.fullmatch(place.quote)
    assert match is not None
    label = match["label"] or match["words"]
    known = {_folded(each["label"]) for each in _DEFINED.finditer(source.text)}
    if _folded(label) in known:
        return passed()
    return failed(
        f"“{place.quote}” is not a link: nothing in this file says where “{label}” leads.",
        f"Write the address at once, `[{match['words']}](https://…)`, or add a line `[{label}]: https://…`.",
        label=label,
    )


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
