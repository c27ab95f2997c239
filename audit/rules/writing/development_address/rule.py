"""A link leads to a computer that visitors cannot reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import spans
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Link to somebody’s own computer",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="The link works for whoever wrote it and for nobody else.",
    since="0.1.0",
    best_practice=True,
)

#: Names that mean the machine itself or stand for nothing on the web (RFC 6761, RFC 6762), and private addresses
#: (RFC 1918).
_OWN = re.compile(
    r"localhost|.*\.localhost|.*\.local|.*\.internal|127(?:\.\d+){3}|0\.0\.0\.0|::1|10(?:\.\d+){3}|192\.168(?:\.\d+){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}"
)


def applies(source: SourceText) -> Iterator[Place]:
    """Links and pictures that name a host or a drive."""
    for _, span in spans(source):
        if span.kind != "bare address" and re.match(r"(?:https?:)?//|file:|[A-Za-z]:[\\/]", span.target):
            yield Place(span.line, span.target, span.column)


def expect(source: SourceText, place: Place) -> Result:
    """Some names can never be reached from elsewhere."""
    if re.match(r"file:|[A-Za-z]:[\\/]", place.quote):
        return failed(
            f"“{place.quote}” is a file on one computer.", "Put the file below `content/` and link to it there."
        )
    try:
        host = (urlsplit(place.quote).hostname or "").lower()
    except ValueError:
        return passed()
    if not _OWN.fullmatch(host):
        return passed()
    return failed(
        f"“{place.quote}” leads to {host}, which only you can reach.",
        "Write the public address, or for a page of this site `{filename}/pages/…`.",
        host=host,
    )
