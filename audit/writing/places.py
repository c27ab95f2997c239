"""The places of a source's text that have a certain shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

#: An address as it is written in a text.
ADDRESS = re.compile(r"\bhttps?://[^\s<>)\]}\"']+")


def places(
    source: SourceText, shape: re.Pattern[str], *, without: frozenset[BlockKind] = frozenset({BlockKind.QUOTE})
) -> Iterator[Place]:
    """Every match in the body, line by line; code is always left out, quotations unless they are wanted."""
    for block in blocks_of(source):
        if block.kind is BlockKind.CODE or block.kind in without:
            continue
        for line in block.lines:
            for match in shape.finditer(line.text):
                yield Place(line.number, match.group(0).strip(), match.start() + 1)
