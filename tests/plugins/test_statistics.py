"""Tables of numbers, as spreadsheets save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from library_statistics.tables import read_tables

WORDS = "title: Visits\nsummary: How often people came.\nunits: visits\nsource: The door counters.\n"
TABLE = "Branch,2024,2025\nMinden,1000,1200\nDorset,500,600\n"


def told(folder: Path, table: str | bytes, words: str = WORDS) -> tuple[list[object], list[str]]:
    """The numbers of the table as they were read, and what is wrong with it."""
    (folder / "statistics").mkdir(exist_ok=True)
    (folder / "statistics/visits.yml").write_text(words, encoding="utf-8")
    (folder / "statistics/visits.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    tables, problems = read_tables(folder, ["statistics/visits.csv"], "")
    assert bool(tables) is not bool(problems)
    return [(each.labels, each.series) for each in tables], [str(each) for each in problems]


@pytest.mark.parametrize(
    "written",
    [
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        "\ufeff" + TABLE.replace("\n", "\r\n"),
        TABLE.replace("1000", '"1,000"'),
        TABLE.replace("1000", "1 000"),
        TABLE + "\n,,\n",
    ],
)
def test_tables_are_read_as_spreadsheets_save_them(tmp_path: Path, written: str) -> None:
    assert told(tmp_path, written) == told(tmp_path, TABLE)
    assert told(tmp_path, TABLE)[1] == []


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (TABLE.replace("1000", "1,000"), "2: This line has 4 cells, and the first line has 3. Leave a cell empty"),
        (TABLE.replace("1000", '"1,5"'), "2: “1,5” is not a number. Write digits only"),
        (TABLE + "Minden,1,2\n", "4: “Minden” is there twice, first on line 2. Keep one of the two lines"),
        (TABLE.replace("2025", "2024"), "1: The column “2024” is there twice. Give one of them another name."),
        (
            TABLE.replace("Dorset", "Été").encode("latin-1"),
            "1: This file is not saved as UTF-8. In Excel, save it as “CSV",
        ),
        (b"PK\x03\x04\x14\x00", "1: This is an Excel file with another name. Open it in Excel, and save it as “CSV"),
    ],
)
def test_what_is_wrong_with_a_table_is_one_sentence(tmp_path: Path, written: str | bytes, sentence: str) -> None:
    _, (problem,) = told(tmp_path, written)
    assert problem.startswith(f"content/statistics/visits.csv:{sentence}")
