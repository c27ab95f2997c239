"""Tables as grids: which cell stands where, and which headers are those of which cell."""

from __future__ import annotations

import pytest

from audit.model.document import Document
from audit.semantics import tables
from audit.semantics.tables import Grid, assigned_headers, grid
from tests.semantics.trees import document_of


def _grid(rows: str) -> tuple[Document, Grid]:
    document = document_of(f"<table>{rows}</table>")
    return document, grid(document, document.tags("table")[0])


def _headers(rows: str, cell: str) -> set[str]:
    """The texts of the headers of the cell that says ``cell``."""
    document, table = _grid(rows)
    (found,) = [each for each in table.cells if document.text(each.element) == cell]
    return {document.text(document[index]) for index in assigned_headers(document, table, found)}


def test_cells_that_span_push_others_aside() -> None:
    document, table = _grid(
        "<tr><td rowspan=2>a<td colspan=2>b<td>c</tr><tr><td>d<td>e<td>f</tr><tr><td colspan=0>g<td rowspan=9>h</tr>"
    )
    places = {document.text(each.element): (each.row, each.column, each.width, each.height) for each in table.cells}
    assert places == {
        "a": (0, 0, 1, 2),
        "b": (0, 1, 2, 1),
        "c": (0, 3, 1, 1),
        "d": (1, 1, 1, 1),
        "e": (1, 2, 1, 1),
        "f": (1, 3, 1, 1),
        "g": (2, 0, 1, 1),
        # No cell reaches beyond the last row.
        "h": (2, 1, 1, 1),
    }
    assert table.columns == 4
    assert [document.text(each.element) for each in table.in_row(1)] == ["a", "d", "e", "f"]


def test_a_span_of_no_end_stays_in_its_group() -> None:
    document, table = _grid(
        "<thead><tr><th rowspan=0>a<th>b</tr><tr><th>c</tr></thead><tbody><tr><td>d<td>e</tr></tbody>"
    )
    heights = {document.text(each.element): each.height for each in table.cells}
    assert heights == {"a": 2, "b": 1, "c": 1, "d": 1, "e": 1}


def test_a_table_in_a_cell_is_another_table() -> None:
    _, table = _grid("<tr><td><table><tr><td>1<td>2<td>3</tr></table></tr>")
    assert len(table.cells) == 1


@pytest.mark.parametrize(
    ("rows", "cell", "headers"),
    [
        ("<tr><th>Day<th>Open</tr><tr><td>Monday<td>9 to 5</tr>", "9 to 5", {"Open"}),
        ("<tr><th>Day<th>Open</tr><tr><th>Monday<td>9 to 5</tr>", "9 to 5", {"Open", "Monday"}),
        # What is said to head a row heads no column.
        ("<tr><th scope=row>Day<td>x</tr><tr><td>Monday<td>y</tr>", "Monday", set()),
        # A header over two columns heads both.
        ("<tr><th colspan=2>Hours</tr><tr><td>Monday<td>9 to 5</tr>", "9 to 5", {"Hours"}),
        # The nearer of two headers over the same columns that data stand between takes the cell.
        ("<tr><th>One</tr><tr><td>1</tr><tr><th>Two</tr><tr><td>2</tr>", "2", {"Two"}),
        # Headers above one another without data between them both head.
        ("<tr><th colspan=2>Year</tr><tr><th>Spring<th>Fall</tr><tr><td>3<td>4</tr>", "4", {"Year", "Fall"}),
        # ``headers`` decides alone.
        ("<tr><th id=a>Day<th id=b>Open</tr><tr><td>Monday<td headers=a>9 to 5</tr>", "9 to 5", {"Day"}),
        (
            "<tbody><tr><th scope=rowgroup>East</tr><tr><td>1</tr></tbody><tbody><tr><td>2</tr></tbody>",
            "2",
            set(),
        ),
    ],
)
def test_headers_of_a_cell(rows: str, cell: str, headers: set[str]) -> None:
    assert _headers(rows, cell) == headers


@pytest.mark.parametrize(
    ("rows", "arranges", "despite"),
    [
        ("<tr><td><nav>Menu</nav><td><p>One</p><p>Two</p></tr>", True, False),
        ("<tr><td>Monday<td>9 to 5</tr>", False, False),
        ("<caption>Hours</caption><tr><td><nav>Menu</nav><td>Text</tr>", False, True),
        ("<tr><th colspan=2>Welcome</tr><tr><td><h2>News</h2><td><form></form></tr>", False, True),
        ("<tr><th>Day<th>What</tr><tr><td>Monday<td><h2>Story time</h2></tr>", False, False),
    ],
)
def test_what_arranges_a_page_is_no_table_of_data(rows: str, arranges: bool, despite: bool) -> None:
    document, table = _grid(rows)
    assert tables.arranges(document, table) is arranges
    assert tables.arranges_despite_markup(document, table) is despite


@pytest.mark.parametrize(
    ("inner", "empty"),
    [("", True), ("&nbsp;", True), ("<span></span>", True), ("0", False), ("<img alt=''>", False), ("<input>", False)],
)
def test_an_empty_cell(inner: str, empty: bool) -> None:
    document, table = _grid(f"<tr><td>{inner}</td></tr>")
    assert tables.is_empty(document, table.cells[0].element) is empty
