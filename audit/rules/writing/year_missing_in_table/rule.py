"""Dates in a table without a year, and no year near it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.dates import dates_in
from audit.writing.blocks import Block, BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Which year is this table about?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="A page stays in search engines and on paper for years; people come on a day that has long passed.",
    since="0.1.0",
    best_practice=True,
)

_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
_EACH_YEAR = re.compile(
    r"\b(?:every|each|yearly|annual(?:ly)?|chaque|tous les|annuel(?:le)?s?|season\w*|saison\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Table(Place):
    quotes: tuple[str, ...] = ()
    known: bool = False


def applies(source: SourceText) -> Iterator[Place]:
    """Tables with dates in words."""
    french = source.lang.startswith("fr")
    blocks = blocks_of(source)
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE:
            continue
        written = [(line.number, found) for line in block.lines for _, found in dates_in(line.text, french=french)]
        without = [(number, found.quote) for number, found in written if found.year is None]
        if written:
            line, quote = without[0] if without else (block.line, written[0][1].quote)
            told = not without or bool(_says(_around(source, blocks, index)))
            yield _Table(line, quote, 1, tuple(quote for _, quote in without), told)


def expect(source: SourceText, place: Place) -> Result:
    """Days that come back every year need none, which only the author knows."""
    del source
    assert isinstance(place, _Table)
    if place.known:
        return passed()
    rest = len(place.quotes) - 1
    others = f" and {rest} more date{'' if rest == 1 else 's'}" if rest else ""
    return ask(
        f"In which year is “{place.quote}”{others}? Neither the table nor the heading above it says so.",
        f"Write the year once, in the heading or caption, or with each date: `{place.quote} 20…`. "
        "If the day comes back every year, say “every year”.",
        dates=list(place.quotes),
    )


def _says(text: str) -> bool:
    return bool(_YEAR.search(text) or _EACH_YEAR.search(text))


def _around(source: SourceText, blocks: tuple[Block, ...], index: int) -> str:
    """What a reader of the table has read: title, the headings above, the text just before, the table, its caption."""
    table = blocks[index]
    parts = [str(source.front_matter.get("title") or ""), *(line.text for line in table.lines)]
    level = 7
    for above in reversed(blocks[:index]):
        if above.kind is BlockKind.HEADING and above.level < level:
            parts.append(above.text)
            level = above.level
    beside = [*blocks[max(index - 1, 0) : index], *blocks[index + 1 : index + 2]]
    parts += [block.text for block in beside if block.kind is BlockKind.PARAGRAPH]
    return "\n".join(parts)
