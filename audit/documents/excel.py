"""Excel workbooks (``.xlsx``; ECMA-376, part 1, SpreadsheetML)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from audit.documents.archive import Archive, attribute, child, children, is_on, local, whole
from audit.documents.charts import chart_in, named
from audit.documents.drawings import pictures_of, within
from audit.documents.model import (
    Cell,
    Colours,
    Document,
    Format,
    Kind,
    Link,
    Part,
    Passage,
    Picture,
    Place,
    Table,
    Unreadable,
)
from audit.documents.office import colour, properties, text_of, theme
from audit.model.finding import Json

#: Cells of one sheet that are read.
MOST_CELLS = 60_000
_LINKED = re.compile(r"(?:IFERROR\()?HYPERLINK\(\s*\"([^\"#][^\"]*)\"", re.IGNORECASE)
_FRAMES = {"pic", "graphicFrame", "grpSp"}
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")


def read_excel(path: Path) -> Document:
    """All facts of a workbook.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    with Archive(path) as archive:
        name = next((end for kind, end in archive.related("").values() if kind == "officeDocument"), "")
        if not archive.has(name):
            raise Unreadable("It is damaged: it holds no workbook.")
        tree, ends, told = archive.xml(name), archive.related(name), properties(archive)
        beside = dict(ends.values())
        book = _Book(
            archive,
            _shared(archive, beside.get("sharedStrings", "")),
            _Looks(archive, beside.get("styles", ""), beside.get("theme", "")),
        )
        sheets = []
        for number, each in enumerate(children(child(tree, "sheets"), "sheet"), start=1):
            end = ends.get(_id(each), ("", ""))[1]
            hidden = each.get("state", "visible") != "visible"
            if archive.has(end):
                sheets.append(_Sheet(book, number, each.get("name", ""), end, hidden))
        if not sheets:
            raise Unreadable("It is damaged: it holds no sheet.")
        passages = tuple(passage for each in sheets for passage in each.passages)
        facts: dict[str, Json] = {"cut": any(each.cut for each in sheets), "modified": told.modified}
        return Document(
            Format.EXCEL,
            title=told.title,
            language=told.language or None,
            maker=told.maker,
            pages=len(sheets),
            words=sum(len(passage.text.split()) for passage in passages),
            passages=passages,
            pictures=tuple(picture for each in sheets for picture in each.pictures),
            links=tuple(link for each in sheets for link in each.links),
            tables=tuple(table for each in sheets for table in each.tables),
            colours=tuple(colours for each in sheets for colours in each.colours),
            parts=tuple(each.part() for each in sheets),
            facts=facts,
        )


def _id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _shared(archive: Archive, name: str) -> tuple[str, ...]:
    """The words that cells refer to by number."""
    return tuple(
        "".join(_text(part) for part in each.iter() if local(part) == "t" and not _is_reading(part))
        for each in children(archive.xml_or_none(name), "si")
    )


def _text(element: etree._Element) -> str:
    return element.text or ""


def _is_reading(element: etree._Element) -> bool:
    """Whether words only tell how others are read (phonetic runs)."""
    return any(local(each) == "rPh" for each in element.iterancestors())


@dataclass(frozen=True, slots=True)
class _Look:
    foreground: str = ""
    background: str = ""
    bold: bool = False
    size: float = 11.0


class _Looks:
    """How cells look, by the number of their style."""

    def __init__(self, archive: Archive, name: str, themed: str) -> None:
        tree = archive.xml_or_none(name)
        self.theme = theme(archive, themed)
        fonts = list(children(child(tree, "fonts"), "font"))
        fills = list(children(child(tree, "fills"), "fill"))
        self._all = []
        for each in children(child(tree, "cellXfs"), "xf"):
            font, fill = _at(fonts, each.get("fontId")), _at(fills, each.get("fillId"))
            pattern = child(fill, "patternFill")
            solid = attribute(pattern, "patternType") == "solid"
            size = attribute(child(font, "sz"), "val") or ""
            self._all.append(
                _Look(
                    self._colour(child(font, "color")),
                    self._colour(child(pattern, "fgColor")) if solid else "",
                    is_on(child(font, "b")),
                    float(size) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", size) else 11.0,
                )
            )

    def of(self, number: str) -> _Look:
        at = whole(number, -1)
        return self._all[at] if 0 <= at < len(self._all) else _Look()

    def _colour(self, element: etree._Element | None) -> str:
        if element is None or element.get("tint"):
            return ""
        number = whole(element.get("theme"), -1)
        if number >= 0:
            # The order of SpreadsheetML differs from the theme's: light before dark (ECMA-376, 18.8.3).
            order = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
            return self.theme.colours.get(order[number], "") if number < len(order) else ""
        return colour(element.get("rgb"))


def _at(elements: list[etree._Element], number: str | None) -> etree._Element | None:
    at = whole(number, -1)
    return elements[at] if 0 <= at < len(elements) else None


@dataclass(frozen=True, slots=True)
class _Book:
    archive: Archive
    shared: tuple[str, ...]
    looks: _Looks


@dataclass
class _Sheet:
    """One sheet, read when it is made."""

    book: _Book
    number: int
    title: str
    name: str
    hidden: bool
    cells: dict[tuple[int, int], tuple[str, _Look]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    colours: list[Colours] = field(default_factory=list)
    cut: bool = False

    def __post_init__(self) -> None:
        if self.hidden:
            # Nobody is shown it: what stands there is for formulas.
            return
        tree = self.book.archive.xml(self.name)
        ends = self.book.archive.related(self.name)
        self._read_cells(tree)
        merged = {first: (rows, columns) for first, rows, columns in _merged(tree)}
        covered = self._read_tables(ends, merged)
        self._read_regions(covered, merged)
        self._read_links(tree, ends)
        for kind, end in ends.values():
            if kind == "drawing" and self.book.archive.has(end):
                self._read_drawing(end)

    def place(self, cell: str = "", quote: str = "", part: str = "") -> Place:
        """A place on this sheet."""
        where = f"sheet “{self.title}”" + (f", cell {cell}" if cell else "")
        return Place(where, self.number, None, quote[:200], part)

    def part(self) -> Part:
        """The sheet as a part of the workbook."""
        words = sum(len(each.text.split()) for each in self.passages)
        return Part(self.place(), self.title, words, hidden=self.hidden)

    def _read_cells(self, tree: etree._Element) -> None:
        for row in children(child(tree, "sheetData"), "row"):
            for each in children(row, "c"):
                if not len(each):
                    # A cell with a look and nothing in it: sheets may have a million of them.
                    continue
                at = _position(each.get("r", ""))
                text = self._value(each)
                self._read_formula(each, text)
                if at is None or not text:
                    continue
                if len(self.cells) >= MOST_CELLS:
                    self.cut = True
                    return
                look = self.book.looks.of(each.get("s", ""))
                self.cells[at] = (text, look)
                place = self.place(each.get("r", ""), text)
                self.passages.append(Passage(place, Kind.CELL, text, bold=look.bold, order=len(self.passages)))
                if look.foreground and (look.background or look.foreground != "#000000"):
                    self.colours.append(
                        Colours(place, text, look.foreground, look.background or "#ffffff", look.size, look.bold)
                    )

    def _read_formula(self, cell: etree._Element, text: str) -> None:
        """A link that a formula makes."""
        made = _LINKED.match(text_of(child(cell, "f")))
        if made is not None:
            self.links.append(Link(self.place(cell.get("r", ""), text), text, made[1]))

    def _value(self, cell: etree._Element) -> str:
        if cell.get("t") == "inlineStr":
            return text_of(child(cell, "is"))
        value = text_of(child(cell, "v"))
        if cell.get("t") == "s":
            at = whole(value, -1)
            return self.book.shared[at].strip() if 0 <= at < len(self.book.shared) else ""
        return value

    def _read_tables(
        self, ends: Mapping[str, tuple[str, str]], merged: Mapping[tuple[int, int], tuple[int, int]]
    ) -> set[tuple[int, int]]:
        """The tables that the sheet declares; which cells are in one."""
        covered: set[tuple[int, int]] = set()
        for kind, end in ends.values():
            tree = self.book.archive.xml_or_none(end) if kind == "table" else None
            area = _area(tree.get("ref", "")) if tree is not None else None
            if tree is None or area is None:
                continue
            headers = tree.get("headerRowCount", "1") != "0"
            covered |= {at for at in self.cells if _inside(at, area)}
            self.tables.append(self._table(area, headers, merged, declared=True))
        return covered

    def _read_regions(self, covered: set[tuple[int, int]], merged: Mapping[tuple[int, int], tuple[int, int]]) -> None:
        """Blocks of cells that are seen as a table and declared as none."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(set(self.cells) - covered):
            rows.setdefault(row, []).append(column)
        block: list[int] = []
        for row in (*sorted(rows), -1):
            wide = row >= 0 and len(rows[row]) > 1
            if block and (not wide or row != block[-1] + 1):
                columns = [column for each in block for column in rows[each]]
                if len(block) > 2:
                    self.tables.append(
                        self._table((block[0], min(columns), block[-1], max(columns)), False, merged, declared=False)
                    )
                block = []
            if wide:
                block.append(row)

    def _table(
        self,
        area: tuple[int, int, int, int],
        headers: bool,
        merged: Mapping[tuple[int, int], tuple[int, int]],
        *,
        declared: bool,
    ) -> Table:
        first, left, last, right = area
        rows = []
        for row in range(first, min(last, first + 500) + 1):
            cells = []
            for column in range(left, min(right, left + 100) + 1):
                text, look = self.cells.get((row, column), ("", _Look()))
                deep, wide = merged.get((row, column), (1, 1))
                cells.append(Cell(text, headers and row == first, deep, wide, look.bold))
            rows.append(tuple(cells))
        corner = f"{_letters(left)}{first}"
        return Table(self.place(corner, rows[0][0].text), tuple(rows), headers, declared=declared)

    def _read_links(self, tree: etree._Element, ends: Mapping[str, tuple[str, str]]) -> None:
        for each in children(child(tree, "hyperlinks"), "hyperlink"):
            cell = each.get("ref", "").split(":")[0]
            at = _position(cell)
            text = self.cells.get(at, ("", _Look()))[0] if at else ""
            end = ends.get(_id(each), ("", ""))
            self.links.append(Link(self.place(cell, text), text or each.get("display", ""), end[1]))

    def _read_drawing(self, name: str) -> None:
        tree, ends = self.book.archive.xml(name), self.book.archive.related(name)
        for anchor in tree:
            for frame in within(anchor):
                own = next((each for each in frame.iter() if local(each) == "cNvPr"), None)
                if (
                    local(frame) not in _FRAMES
                    or own is None
                    or any(local(up) == "grpSp" for up in frame.iterancestors())
                ):
                    continue
                corner = next((each for each in within(anchor) if local(each) == "from"), None)
                column = whole(text_of(child(corner, "col")), -1)
                row = whole(text_of(child(corner, "row")), -1)
                cell = f"{_letters(column + 1)}{row + 1}" if column >= 0 and row >= 0 else ""
                place = self.place(cell, own.get("name", ""))
                chart = chart_in(frame, ends, self.book.archive, self.book.looks.theme, place)
                self.pictures += [named(each, chart) for each in pictures_of(frame, own, place, ends)]
                self.colours += chart.colours


def _merged(tree: etree._Element) -> Iterator[tuple[tuple[int, int], int, int]]:
    for each in children(child(tree, "mergeCells"), "mergeCell"):
        area = _area(each.get("ref", ""))
        if area is not None:
            yield (area[0], area[1]), area[2] - area[0] + 1, area[3] - area[1] + 1


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column, both from 1."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _letters(column: int) -> str:
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column."""
    first, _, last = reference.partition(":")
    one, other = _position(first), _position(last or first)
    return (*one, *other) if one and other else None


def _inside(at: tuple[int, int], area: tuple[int, int, int, int]) -> bool:
    return area[0] <= at[0] <= area[2] and area[1] <= at[1] <= area[3]
