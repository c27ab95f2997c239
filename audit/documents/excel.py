"""Excel workbooks (``.xlsx``; ECMA-376, part 1, SpreadsheetML)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from audit.documents.archive import Archive, child, children, local, whole
from audit.documents.charts import chart_in, named
from audit.documents.drawings import pictures_of, within
from audit.documents.excel_looks import Look, Looks
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
from audit.documents.office import properties, text_of
from audit.documents.office_extras import files_inside
from audit.model.finding import Json

#: Cells of one sheet that are read.
MOST_CELLS = 60_000
#: Cells of one fault that are named.
MOST_TOLD = 20
_LINKED = re.compile(r"(?:IFERROR\()?HYPERLINK\(\s*\"([^\"#][^\"]*)\"", re.IGNORECASE)
#: Columns that a sheet has.
_MOST_COLUMNS = 16_384
_ON = {"1", "true"}
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
            raise Unreadable("It is damaged: there is no workbook in it.")
        tree, ends, told = archive.xml(name), archive.related(name), properties(archive)
        beside = dict(ends.values())
        book = _Book(
            archive,
            _shared(archive, beside.get("sharedStrings", "")),
            Looks(archive, beside.get("styles", ""), beside.get("theme", "")),
        )
        sheets = []
        for number, each in enumerate(children(child(tree, "sheets"), "sheet"), start=1):
            end = ends.get(_id(each), ("", ""))[1]
            hidden = each.get("state", "visible") != "visible"
            if archive.has(end):
                sheets.append(_Sheet(book, number, each.get("name", ""), end, hidden))
        if not sheets:
            raise Unreadable("It is damaged: it has no sheets.")
        passages = tuple(passage for each in sheets for passage in each.passages)
        facts: dict[str, Json] = {
            "cut": any(each.cut for each in sheets),
            "modified": told.modified,
            "inside": [name for each in sheets for name in each.inside],
            "begins": {
                str(each.number): corner
                for each in sheets
                if (corner := each.corner()) and corner != each.first_shown()
            },
            "red_alone": [cell for each in sheets for cell in each.red][:MOST_TOLD],
        }
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
class _Book:
    archive: Archive
    shared: tuple[str, ...]
    looks: Looks


@dataclass
class _Sheet:
    """One sheet, read when it is made."""

    book: _Book
    number: int
    title: str
    name: str
    hidden: bool
    cells: dict[tuple[int, int], tuple[str, Look]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    colours: list[Colours] = field(default_factory=list)
    cut: bool = False
    #: Colours of cells that hold nothing.
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    red: list[str] = field(default_factory=list)
    #: Rows and columns that nobody is shown.
    gone_rows: set[int] = field(default_factory=set)
    gone_columns: set[int] = field(default_factory=set)
    inside: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.hidden:
            # Nobody is shown it: what stands there is for formulas.
            return
        tree = self.book.archive.xml(self.name)
        self.gone_columns = _hidden_columns(tree)
        ends = self.book.archive.related(self.name)
        self._read_cells(tree)
        merged = {first: (rows, columns) for first, rows, columns in _merged(tree)}
        covered = self._read_tables(ends, merged)
        self._read_regions(covered, merged)
        self._read_links(tree, ends)
        self.inside = files_inside(ends)
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
            if row.get("hidden") in _ON:
                self.gone_rows.add(whole(row.get("r")))
                continue
            for each in children(row, "c"):
                at = _position(each.get("r", ""))
                if at is not None and at[1] in self.gone_columns:
                    continue
                if not len(each):
                    # A cell with a look and nothing in it: sheets may have a million of them.
                    self._note_fill(at, each)
                    continue
                text = self._value(each)
                self._read_formula(each, text)
                if at is None or not text:
                    continue
                if len(self.cells) >= MOST_CELLS:
                    self.cut = True
                    return
                look = self.book.looks.of(each.get("s", ""))
                self.cells[at] = (text, look)
                if look.red and text.startswith("-"):
                    self.red.append(f"sheet “{self.title}”, cell {each.get('r', '')}")
                place = self.place(each.get("r", ""), text)
                self.passages.append(Passage(place, Kind.CELL, text, bold=look.bold, order=len(self.passages)))
                if look.foreground and (look.background or look.foreground != "#000000"):
                    self.colours.append(
                        Colours(place, text, look.foreground, look.background or "#ffffff", look.size, look.bold)
                    )

    def _note_fill(self, at: tuple[int, int] | None, cell: etree._Element) -> None:
        fill = self.book.looks.of(cell.get("s", "")).background
        if at is not None and fill and len(self.fills) < MOST_CELLS:
            self.fills[at] = fill

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
            if block and (not wide or not self.gone_rows.issuperset(range(block[-1] + 1, row))):
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
            if row in self.gone_rows:
                continue
            for column in range(left, min(right, left + 100) + 1):
                if column in self.gone_columns:
                    continue
                text, look = self.cells.get((row, column), ("", Look()))
                deep, wide = merged.get((row, column), (1, 1))
                fill = look.background or self.fills.get((row, column), "")
                cells.append(Cell(text, headers and row == first, deep, wide, look.bold, fill))
            rows.append(tuple(cells))
        corner = f"{_letters(left)}{first}"
        quote = next((cell.text for row in rows for cell in row[:1]), "")
        return Table(self.place(corner, quote), tuple(rows), headers, declared=declared)

    def corner(self) -> str:
        """The cell in the first row and the first column that hold something; ``""`` when nothing does."""
        if not self.cells:
            return ""
        return f"{_letters(min(column for _, column in self.cells))}{min(row for row, _ in self.cells)}"

    def first_shown(self) -> str:
        """The first cell that is shown: reading begins there."""
        row, column = (min({1, *(each + 1 for each in gone)} - gone) for gone in (self.gone_rows, self.gone_columns))
        return f"{_letters(column)}{row}"

    def _read_links(self, tree: etree._Element, ends: Mapping[str, tuple[str, str]]) -> None:
        for each in children(child(tree, "hyperlinks"), "hyperlink"):
            cell = each.get("ref", "").split(":")[0]
            at = _position(cell)
            if at is not None and (at[0] in self.gone_rows or at[1] in self.gone_columns):
                continue
            text = self.cells.get(at, ("", Look()))[0] if at else ""
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


def _hidden_columns(tree: etree._Element) -> set[int]:
    """The columns that nobody is shown (ECMA-376, part 1, 18.3.1.13)."""
    hidden = [each for each in children(child(tree, "cols"), "col") if each.get("hidden") in _ON]
    spans = [range(whole(each.get("min")), min(whole(each.get("max")), _MOST_COLUMNS) + 1) for each in hidden]
    return set().union(*spans)


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
