"""Dates that authors write in the prose of a source."""

from __future__ import annotations

from collections.abc import Iterator

from audit.semantics.dates import WrittenDate, dates_in
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import SourceText


def written_dates(source: SourceText) -> Iterator[tuple[int, WrittenDate]]:
    """Every date of a source's body with its line; quotations and code left out."""
    french = source.lang.startswith("fr")
    for block in blocks_of(source):
        if block.kind in {BlockKind.CODE, BlockKind.QUOTE}:
            continue
        for line in block.lines:
            for _, found in dates_in(line.text, french=french):
                yield line.number, found
