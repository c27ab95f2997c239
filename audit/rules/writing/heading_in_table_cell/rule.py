"""A heading inside a cell of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.writing.blocks import BlockKind, blocks_of, lines_of
from audit.writing.source import Place, SourceText

RULE = Rule(
    title="A heading inside a table",
    family=Family.WRITING,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Whoever jumps from heading to heading lands in the middle of a row, and the table loses its header.",
    since="0.1.0",
    best_practice=True,
)

_MARK = re.compile(r"(?<!\\)\|\s*(?P<mark>#{1,6})\s+(?P<words>[^|#]+)")


@dataclass(frozen=True, slots=True)
class _Cell(Place):
    #: What was typed: a tag such as ``h3``, or hash marks. Empty: a cell without a heading.
    typed: str = ""
    header: bool = False


def applies(source: SourceText) -> Iterator[Place]:
    """Cells of tables in raw HTML, those that arrange the page left out; and rows of Markdown tables."""
    reader = _Reader()
    lines = lines_of(source)
    reader.feed("\n".join(line.text for line in lines))
    reader.close()
    for each in reader.found:
        yield _Cell(each.line + (lines[0].number - 1 if lines else 0), each.quote, 1, each.typed, each.header)
    for block in blocks_of(source):
        if block.kind is BlockKind.TABLE:
            for line in block.lines:
                found = _MARK.search(line.text)
                yield _Cell(
                    line.number,
                    found["words"].strip() if found else line.raw.strip(),
                    1,
                    found["mark"] if found else "",
                    line is block.lines[0],
                )


def expect(source: SourceText, place: Place) -> Result:
    """A cell that names a row or column is a header cell; everything else in a table is data."""
    del source
    assert isinstance(place, _Cell)
    if not place.typed:
        return passed()
    if place.typed.startswith("#"):
        return failed(
            f"“{place.typed} {place.quote}” is in a cell: there the marks of a heading are shown as they are.",
            f"Write `{place.quote}`. The first line of a table is its header by itself.",
        )
    if place.header:
        fix = f"Write `<th>{place.quote}</th>`: a header cell needs no heading in it."
    else:
        fix = (
            f'Write `{place.quote}` without `<{place.typed}>`; if it names its row, as `<th scope="row">`. '
            f"If it opens a new part of the page, end the table above it and write `## {place.quote}`."
        )
    return failed(f"“{place.quote}” is a heading (`<{place.typed}>`) inside a cell of a table.", fix)


class _Reader(HTMLParser):
    """Reads raw HTML between Markdown, and notes the headings in cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Cell] = []
        #: For each open table whether it arranges the page, and the cell that is open in it.
        self._tables: list[bool] = []
        self._cells: list[str] = []
        self._heading: tuple[str, int] | None = None
        self._words: list[str] = []
        self._line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._tables.append(dict(attrs).get("role") in {"presentation", "none"})
            self._cells.append("")
        elif not self._tables:
            return
        elif tag in {"td", "th"}:
            self._end_cell()
            self._cells[-1], self._line = tag, self.getpos()[0]
        elif tag == "tr":
            self._end_cell()
        elif re.fullmatch("h[1-6]", tag) and self._cells[-1] and not any(self._tables):
            self._heading, self._words = (tag, self.getpos()[0]), []

    def handle_endtag(self, tag: str) -> None:
        if self._heading and tag == self._heading[0]:
            words = " ".join("".join(self._words).split())
            self.found.append(_Cell(self._heading[1], words, 1, tag, self._cells[-1] == "th"))
            self._heading, self._cells[-1] = None, "told"
        elif not self._tables:
            return
        elif tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._tables.pop()
            self._cells.pop()

    def handle_data(self, data: str) -> None:
        if self._heading:
            self._words.append(data)

    def _end_cell(self) -> None:
        if self._cells[-1] in {"td", "th"} and not any(self._tables):
            self.found.append(_Cell(self._line, f"<{self._cells[-1]}>"))
        self._cells[-1] = ""
        self._heading = None
