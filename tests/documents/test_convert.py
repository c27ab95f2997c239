"""A Word file becomes a page, and what is missing is told with its line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from benchmarks.documents.description import USUAL
from benchmarks.documents.making import make
from stepfree.commands.convert import COMMAND
from stepfree.conversion import convert

TOLD = {
    **USUAL,
    "title": "Snowshoes to borrow",
    "body": [
        {"heading": "Snowshoes to borrow"},
        {"paragraph": "You can borrow snowshoes * and poles for a week."},
        {"heading": "What it costs", "level": 2},
        {"list": ["Nothing", "A smile"]},
        {"table": {"header": True, "rows": [["Branch", "Pairs"], ["Maple", "4"]]}},
        {"table": {"header": False, "rows": [["Branch", "Poles"], ["Pine", "2"]]}},
        {"picture": {"alternative": "Two snowshoes in the snow", "file": "a.png"}},
        {"picture": {"alternative": None, "file": "b.png"}},
        {"link": {"words": "Ask us", "to": "https://example.org/ask"}},
    ],
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    made = tmp_path / "content"
    made.mkdir()
    make(TOLD, "docx", tmp_path / "Snow shoes.docx")
    return made


def test_a_page_with_pictures_tables_and_what_is_missing(content: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(
        COMMAND, [str(tmp_path / "Snow shoes.docx"), "--content", str(content)], standalone_mode=False
    )
    assert told.exception is None
    page = content / "pages" / "snow-shoes.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["---", "title: Snowshoes to borrow", "summary: ''", "---"]
    assert "## What it costs" in lines
    assert "You can borrow snowshoes \\* and poles for a week." in lines
    assert "- A smile" in lines
    assert "| Branch | Pairs |" in lines
    assert "![Two snowshoes in the snow]({static}/images/pages/snow-shoes-1.png)" in lines
    assert "[Ask us](https://example.org/ask)" in lines
    assert "The same as a file: [Snowshoes to borrow (Word)]({static}/documents/Snow-shoes.docx)" in lines
    assert (content / "images" / "pages" / "snow-shoes-2.png").is_file()
    assert (content / "documents" / "Snow-shoes.docx").is_file()
    # The title is told once: in the front matter.
    assert "# Snowshoes to borrow" not in lines
    told_of_page = [line for line in told.output.splitlines() if line.startswith(f"{page}:")]
    missing = {int(line.removeprefix(f"{page}:").split(":")[0]): line for line in told_of_page}
    table, picture = (
        lines.index("| Branch | Poles |") + 1,
        lines.index("![]({static}/images/pages/snow-shoes-2.png)") + 1,
    )
    assert "no header row" in missing[table]
    assert "no alternative" in missing[picture]
    assert set(missing) == {3, table, picture}


def test_a_page_that_is_there_is_not_written_over(content: Path, tmp_path: Path) -> None:
    arguments = [str(tmp_path / "Snow shoes.docx"), "--content", str(content)]
    CliRunner().invoke(COMMAND, arguments, standalone_mode=False)
    again = CliRunner().invoke(COMMAND, arguments, standalone_mode=False)
    assert "is there already" in str(again.exception)


def test_what_is_no_word_file_is_refused(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "plan.pdf"
    other.write_bytes(b"%PDF-1.7\n")
    assert "no Word file" in str(
        CliRunner().invoke(COMMAND, [str(other), "--content", str(content)], standalone_mode=False).exception
    )
    torn = tmp_path / "torn.docx"
    torn.write_bytes(b"PK")
    assert "damaged" in str(
        CliRunner().invoke(COMMAND, [str(torn), "--content", str(content)], standalone_mode=False).exception
    )


def test_nothing_of_the_file_is_dropped_without_a_word(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Rooms", 1)
    style = word.styles.add_style("Part of the guide", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Heading 2"]
    word.add_paragraph("Hours on holidays", style="Part of the guide")
    words = word.add_paragraph("Ask ")
    words.add_run(" at the").font.strike = True
    words.add_run(" desk")
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    formula = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    word.element.body.insert(
        -1, parse_xml(f"<w:p {names} {formula}><m:oMath><m:r><m:t>area=12</m:t></m:r></m:oMath></w:p>")
    )
    word.save(str(tmp_path / "rooms.docx"))
    made = convert(tmp_path / "rooms.docx")
    assert "### Hours on holidays" in made.text or "## Hours on holidays" in made.text
    assert "Ask at the desk" in made.text
    assert any("area=12" in each.sentence for each in made.missing)
