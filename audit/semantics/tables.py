"""Tables as grids (HTML, section "Forming a table"), and what they are for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.model.document import Document, Element
from audit.semantics.words import words

_SECTIONS = ("thead", "tbody", "tfoot")
#: What stands in a cell of a layout, and hardly ever in one of data.
_STRUCTURE = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "form", "table", "section", "article", "aside", "header", "footer"}
    | {"main", "fieldset", "iframe", "blockquote"}
)
_PARTS = frozenset({"p", "div", "ul", "ol", "dl"})
_DATA_ROLES = frozenset({"table", "grid", "treegrid"})
_NO_ROLES = frozenset({"presentation", "none"})
#: From so many words on a block in a cell is a piece of prose, not a value.
SENTENCE = 5
#: From so many words on a text that is in no block of its own is prose as well.
PASSAGE = 25
_FILLING = frozenset(
    {"img", "svg", "input", "button", "select", "textarea", "video", "audio", "canvas", "object", "meter"}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at ``row`` and ``column`` (from 0), over ``height`` rows and ``width`` columns."""

    element: Element
    row: int
    column: int
    width: int
    height: int

    @property
    def is_header(self) -> bool:
        return self.element.tag == "th"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells in order. ``columns`` and ``rows`` count what the cells cover."""

    table: Element
    cells: tuple[Cell, ...]
    rows: tuple[Element, ...]
    columns: int
    caption: Element | None

    def in_row(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, those that began further up included."""
        return tuple(cell for cell in self.cells if cell.row <= row < cell.row + cell.height)

    @property
    def headers(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_header)


def explicit_role(element: Element) -> str:
    """The first word of the ``role`` attribute, in lower case."""
    words = (element.get("role") or "").lower().split()
    return words[0] if words else ""


def is_presentational(table: Element) -> bool:
    """Whether the author says that it is no table to assistive technology."""
    return explicit_role(table) in _NO_ROLES


def rows_of(document: Document, table: Element) -> Iterator[tuple[Element, Element | None]]:
    """The rows of the table itself, each with its row group."""
    for child in document.children(table):
        if child.tag == "tr":
            yield child, None
        elif child.tag in _SECTIONS:
            for row in document.children(child):
                if row.tag == "tr":
                    yield row, child


def grid(document: Document, table: Element) -> Grid:
    """The table's grid. ``rowspan="0"`` reaches to the end of the row group."""
    rows = list(rows_of(document, table))
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Cell] = []
    for number, (row, section) in enumerate(rows):
        left = sum(1 for _, other in rows[number:] if other is section)
        column = 0
        for element in document.children(row):
            if element.tag not in {"td", "th"}:
                continue
            while taken.get((number, column)):
                column += 1
            width = _span(element.get("colspan"), 1000)
            height = _span(element.get("rowspan"), 65534)
            height = left if element.get("rowspan") == "0" else min(height, left)
            cells.append(Cell(element, number, column, width, max(1, height)))
            for y in range(number, number + max(1, height)):
                for x in range(column, column + width):
                    taken[y, x] = True
            column += width
    caption = next((child for child in document.children(table) if child.tag == "caption"), None)
    columns = max((cell.column + cell.width for cell in cells), default=0)
    return Grid(table, tuple(cells), tuple(row for row, _ in rows), columns, caption)


def _span(value: str | None, limit: int) -> int:
    digits = (value or "").strip()
    return min(limit, int(digits)) if digits.isdecimal() and int(digits) > 0 else 1


def says_data(table: Grid) -> bool:
    """Whether its markup says that it holds data: headers, a caption, scopes or a role."""
    element = table.table
    return (
        bool(table.headers)
        or table.caption is not None
        or explicit_role(element) in _DATA_ROLES
        or bool((element.get("summary") or "").strip())
        or any(cell.element.has("scope") or cell.element.has("headers") for cell in table.cells)
    )


def arranges(document: Document, table: Grid) -> bool:
    """Whether it surely arranges parts of a page: nothing says data, and cells hold page structure."""
    if says_data(table) or not table.cells:
        return False
    return any(_is_arranged(document, cell.element) for cell in table.cells)


def arranges_despite_markup(document: Document, table: Grid) -> bool:
    """Whether it arranges parts of a page although its markup says that it holds data.

    A row or column of headers says so credibly, whatever its cells hold; a title across the whole
    width, a header without words or a caption alone do not.
    """
    if not says_data(table):
        return False
    telling = [
        cell
        for cell in table.headers
        if document.exposed_text(cell.element) and not (table.columns > 1 and cell.width >= table.columns)
    ]
    inner = [cell for cell in table.cells if not cell.is_header and not is_empty(document, cell.element)]
    if any(cell.element.has("headers") for cell in table.cells) or (
        telling and not _is_one_row_of_parts(document, inner) and not _are_titles_of_parts(document, telling, inner)
    ):
        return False
    if any(not cell.is_header and _is_arranged(document, cell.element) for cell in table.cells):
        return True
    # One row of which a cell holds prose and another links, say, compares nothing with anything.
    kinds = {_kind_of_part(document, cell.element) for cell in inner}
    return len({cell.row for cell in inner}) == 1 and len(inner) > 1 and "" not in kinds


def _are_titles_of_parts(document: Document, headers: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether headers stand above some columns only, and every cell holds a part of a page."""
    headed = {column for cell in headers for column in range(cell.column, cell.column + cell.width)}
    beside = [cell for cell in cells if not {*range(cell.column, cell.column + cell.width)} & headed]
    below = [cell for cell in cells if cell not in beside]
    return bool(beside and below) and all(_is_arranged(document, cell.element) for cell in cells)


def is_one_row_of_prose(document: Document, table: Grid) -> bool:
    """Whether the whole table is one row of a header cell and parts of a page: prose in blocks, or several links; or one
    such row below headers, of links in one cell and prose of some length in another.
    """
    if not table.headers:
        return False
    inner = [cell for cell in table.cells if not cell.is_header and not is_empty(document, cell.element)]
    if len(table.rows) == 1:
        return bool(inner) and all(_kind_of_part(document, cell.element) for cell in inner)
    kinds = {
        _kind_of_part(document, cell.element) or ("prose" if len(words(document.text(cell.element))) >= PASSAGE else "")
        for cell in inner
    }
    return len({cell.row for cell in inner}) == 1 and kinds == {"links", "prose"}


def _is_one_row_of_parts(document: Document, cells: Sequence[Cell]) -> bool:
    """Whether a single row holds a heading with its text in one cell and links, or another such part, in the next."""
    if len(cells) < 2 or len({cell.row for cell in cells}) > 1:
        return False
    headed = [any(each.role == "heading" for each in document.descendants(cell.element)) for cell in cells]
    links = [_kind_of_part(document, cell.element) == "links" for cell in cells]
    return any(headed) and all(one or other for one, other in zip(headed, links, strict=True))


def _kind_of_part(document: Document, cell: Element) -> str:
    """Whether a cell holds a part of a page: ``prose`` in a block of its own, or several ``links``; else empty."""
    if sum(each.role == "link" for each in document.descendants(cell)) > 1:
        return "links"
    blocks = [each for each in document.children(cell) if each.tag in _PARTS]
    prose = any(len(words(document.text(each))) >= SENTENCE for each in blocks)
    return "prose" if prose else ""


def _is_arranged(document: Document, cell: Element) -> bool:
    inner = list(document.descendants(cell))
    if any(
        element.tag in _STRUCTURE or explicit_role(element) in {"navigation", "main", "search"} for element in inner
    ):
        return True
    parts = [element for element in document.children(cell) if element.tag in _PARTS and document.text(element)]
    return len(parts) > 1


def is_empty(document: Document, cell: Element) -> bool:
    """Whether nothing can be seen or heard in it: no text, picture, control or generated content."""
    if document.text(cell).replace("\u00a0", "").strip() or (cell.get("aria-label") or "").strip():
        return False
    if any(element.tag in _FILLING for element in document.descendants(cell)):
        return False
    return not any(pseudo.text.strip() for each in (cell, *document.descendants(cell)) for pseudo in each.pseudo)


def assigned_headers(document: Document, table: Grid, cell: Cell) -> set[int]:
    """Indexes of the header cells of a cell (HTML, "algorithm for assigning header cells")."""
    if cell.element.has("headers"):
        named = {element.index for element in document.referred(cell.element, "headers")}
        return {other.element.index for other in table.cells if other.element.index in named} - {cell.element.index}
    slots: dict[tuple[int, int], list[Cell]] = {}
    for other in table.cells:
        for row in range(other.row, other.row + other.height):
            for column in range(other.column, other.column + other.width):
                slots.setdefault((row, column), []).append(other)
    found: set[int] = set()
    for row in range(cell.row, cell.row + cell.height):
        found |= _scan(slots, cell, (row, cell.column), (0, -1))
    for column in range(cell.column, cell.column + cell.width):
        found |= _scan(slots, cell, (cell.row, column), (-1, 0))
    for other in table.cells:
        scope = (other.element.get("scope") or "").strip().lower()
        group = scope in {"rowgroup", "colgroup"} and other.is_header
        if (
            group
            and other.row <= cell.row
            and other.column <= cell.column
            and _same_group(document, other, cell, scope)
        ):
            found.add(other.element.index)
    return found - {cell.element.index}


def _scan(
    slots: dict[tuple[int, int], list[Cell]], cell: Cell, start: tuple[int, int], step: tuple[int, int]
) -> set[int]:
    """Headers met on the way to the edge of the table; one stops those further out that cover the same slots."""
    upward = step[0] != 0
    found: set[int] = set()
    opaque: list[Cell] = []
    block: list[Cell] = []
    in_header_block = cell.is_header
    if in_header_block:
        block.append(cell)
    row, column = start[0] + step[0], start[1] + step[1]
    while row >= 0 and column >= 0:
        for other in slots.get((row, column), []):
            if not other.is_header:
                if in_header_block:
                    opaque += block
                    block = []
                in_header_block = False
                continue
            in_header_block = True
            block.append(other)
            along = (
                [each for each in opaque if (each.column, each.width) == (other.column, other.width)]
                if upward
                else [each for each in opaque if (each.row, each.height) == (other.row, other.height)]
            )
            heads = may_head_column(other) if upward else may_head_row(other)
            if heads and not along:
                found.add(other.element.index)
        row, column = row + step[0], column + step[1]
    return found


def may_head_column(cell: Cell) -> bool:
    """Whether a header cell may head its column.

    Without ``scope``, HTML decides by what stands beside it; a corner cell that is a ``td``
    already makes that "row". Browsers and people are more generous, and so are we: a header
    without ``scope`` may head both.
    """
    return _scope(cell) in {"", "col"}


def may_head_row(cell: Cell) -> bool:
    """Whether a header cell may head its row, see :func:`may_head_column`."""
    return _scope(cell) in {"", "row"}


def _scope(cell: Cell) -> str:
    scope = (cell.element.get("scope") or "").strip().lower()
    return scope if scope in {"col", "row", "colgroup", "rowgroup"} else ""


def _same_group(document: Document, header: Cell, cell: Cell, scope: str) -> bool:
    if scope == "colgroup":
        return header.column <= cell.column < header.column + max(header.width, 1)
    first, second = _section(document, header), _section(document, cell)
    return first is not None and second is not None and first.index == second.index


def _section(document: Document, cell: Cell) -> Element | None:
    row = document.parent(cell.element)
    return document.parent(row) if row is not None else None
