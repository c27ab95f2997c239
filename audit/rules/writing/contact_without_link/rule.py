"""A telephone number or an e-mail address is plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.writing.blocks import BlockKind, blocks_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="Should this number be a link?",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="On a phone a link dials or writes at a touch; otherwise people copy the number by hand, digit by digit.",
    since="0.1.0",
    best_practice=True,
)

_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = r"(?<![\d-])(?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])"
_CONTACT = re.compile(f"{_MAIL}|{_PHONE}")
_LINK = re.compile(rf"\[[^\]]*\]\([^)]*\)|<{_MAIL}>|<a\b.*?</a>|\[[^\]]*\]\[[^\]]*\]")


def applies(source: SourceText) -> Iterator[Place]:
    """The first use of each number and address in the text, those in links included."""
    seen: set[str] = set()
    for block in blocks_of(source):
        if block.kind in {BlockKind.CODE, BlockKind.HEADING}:
            continue
        for line in block.lines:
            for match in _CONTACT.finditer(line.text):
                if match.group(0) not in seen:
                    seen.add(match.group(0))
                    yield Place(line.number, match.group(0), match.start() + 1)


def expect(source: SourceText, place: Place) -> Result:
    """A number that is a link once on the page need not be one everywhere; fax numbers are none at all."""
    line = source.lines[place.line - 1]
    if place.quote in _linked(source) or re.search(r"\b(?:fax|t[ée]l[ée]copieur)\b", line, re.IGNORECASE):
        return passed()
    if "@" in place.quote:
        return ask(f"Should “{place.quote}” be a link?", f"Write `[{place.quote}](mailto:{place.quote})`.")
    digits = re.sub(r"\D", "", place.quote).removeprefix("1")
    number = f"tel:+1-{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return ask(f"Should the number {place.quote} be a link?", f"Write `[{place.quote}]({number})`.")


def _linked(source: SourceText) -> set[str]:
    """What stands in the words or the address of a link anywhere in the text."""
    found: set[str] = set()
    for match in _LINK.finditer(source.text):
        found.update(_CONTACT.findall(match.group(0)))
    return found
