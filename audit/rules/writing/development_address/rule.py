"""A link leads to a computer that visitors cannot reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.hosts import host_of, is_own_computer
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


def applies(source: SourceText) -> Iterator[Place]:
    """Links and pictures that name a host or a drive."""
    for _, span in spans(source):
        if span.kind != "bare address" and re.match(r"(?:https?:)?//|file:|[A-Za-z]:[\\/]", span.target):
            yield Place(span.line, span.target, span.column)


def expect(source: SourceText, place: Place) -> Result:
    """Some names can never be reached from elsewhere."""
    if re.match(r"file:|[A-Za-z]:[\\/]", place.quote):
        return failed(
            f"“{place.quote}” is a file on one computer.", "Put the file on the website, and link to it there."
        )
    host = host_of(place.quote)
    if not is_own_computer(host):
        return passed()
    return failed(
        f"“{place.quote}” leads to {host}, which only you can reach.",
        "Write the public address, or link to the file of the page where it is one of this website.",
        host=host,
    )
