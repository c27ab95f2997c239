"""A link that begins with http:// although nearly every site answers to https://."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.hosts import host_of, is_own_computer
from audit.writing.blocks import Line, lines_of
from audit.writing.places import ADDRESS, places
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A link without encryption",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Browsers warn before such a page opens; some people are stopped by the warning.",
    since="0.1.0",
    best_practice=True,
)

#: Names that stand for something rather than lead there.
_NAMES = re.compile(r"^http://(?:www\.w3\.org/|schema\.org|purl\.org|xmlns\.)")

_PLAIN = re.compile(r"\bhttp://(?P<host>[\w.-]+)(?=[/:\s)>\]\"'?#]|$)")


def applies(source: SourceText) -> Iterator[Place]:
    """Each place of the text that has the shape."""
    return places(source, ADDRESS)


def expect(source: SourceText, place: Place) -> Result:
    """Whether the other address works cannot be known without asking the site: a question."""
    if place.quote.startswith("https://") or _NAMES.match(place.quote) or is_own_computer(host_of(place.quote)):
        return passed()
    better = place.quote.replace("http://", "https://", 1)
    return ask(f"Does {place.quote} also answer with https?", f"Try `{better}`. If it opens, write it so.")


def repair(source: SourceText) -> SourceText:
    """``https://`` for hosts that are known to answer to it."""
    lines = list(source.lines)
    for line in lines_of(source):
        lines[line.number - 1] = _secure(line)
    return source.with_lines(lines)


@cache
def _secure_hosts() -> frozenset[str]:
    rows = Path(__file__).with_name("https_hosts.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(row.strip() for row in rows if row.strip() and not row.startswith("#"))


def _secure(line: Line) -> str:
    def better(match: re.Match[str]) -> str:
        host = match.group("host").casefold()
        known = any(host == each or host.endswith(f".{each}") for each in _secure_hosts())
        # Code is masked in ``text``: what differs there must not be touched.
        shown = line.text[match.start() : match.end()] == match.group(0)
        return match.group(0).replace("http://", "https://", 1) if known and shown else match.group(0)

    return _PLAIN.sub(better, line.raw)
