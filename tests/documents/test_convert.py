"""A Word file becomes a page, and what is missing is told with its line."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import markdown
import pytest
from click.testing import CliRunner
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from lxml import html

from benchmarks.documents.description import USUAL, png
from benchmarks.documents.making import make
from stepfree.commands.convert import COMMAND
from stepfree.conversion import Conversion, convert

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
    assert "Also as a file: [Snowshoes to borrow (Word)]({static}/documents/Snow-shoes.docx)" in lines
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
    assert "already exists" in str(again.exception)


def test_what_is_no_word_file_is_refused(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "plan.pdf"
    other.write_bytes(b"%PDF-1.7\n")
    assert "not a Word file" in str(
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


def test_a_list_and_a_table_in_a_cell_stay_apart_and_are_told(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for cell, words in zip(table.rows[0].cells, ("Branch", "Bring"), strict=True):
        cell.text = words
    table.cell(1, 0).add_paragraph("a card", style="List Bullet")
    table.cell(1, 0).add_paragraph("a pen", style="List Bullet")
    inner = table.cell(1, 1).add_table(2, 2)
    for cell, words in zip((each for row in inner.rows for each in row.cells), ("Mon", "9", "Tue", "8"), strict=True):
        cell.text = words
    headed = word.add_table(2, 2)
    headed.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in headed.rows:
        row.cells[0].text, row.cells[1].text = "A", "B"
    word.save(str(tmp_path / "a.docx"))
    made = convert(tmp_path / "a.docx")
    lines = made.text.splitlines()
    assert "| a card; a pen | Mon 9; Tue 8 |" in lines
    assert sum(line.startswith("|") for line in lines) == 3 + 3
    told = [(each.line, each.sentence) for each in made.missing]
    first = lines.index("| Branch | Bring |") + 1
    assert (first, "A list or a table within a cell is one line now: see that it can be understood.") in told
    assert [line for line, sentence in told if "no header row" in sentence] == [first]


def test_lists_within_lists_quotations_and_tabs_are_what_they_look_like(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("a card", style="List Bullet")
    word.add_paragraph("of the library", style="List Bullet 2")
    word.add_paragraph("To read is to travel.", style="Quote")
    for line in ("Monday\t9 to 5", "Tuesday\t9 to 8", "Chair:\tA. Board"):
        word.add_paragraph(line)
    word.save(str(tmp_path / "a.docx"))
    made = convert(tmp_path / "a.docx")
    lines = made.text.splitlines()
    assert lines[lines.index("- a card") + 1] == "    - of the library"
    assert "> To read is to travel." in lines
    told = [each.line for each in made.missing if each.sentence.startswith("Tabs")]
    assert told == [lines.index("Monday 9 to 5") + 1]


def test_a_picture_that_is_only_linked_is_told(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_picture(io.BytesIO(png()))
    blip = next(each for each in word.element.body.iter() if str(each.tag).endswith("}blip"))
    outside = word.part.relate_to("file:///desk/beans.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), outside)
    word.save(str(tmp_path / "a.docx"))
    made = convert(tmp_path / "a.docx")
    assert made.pictures == ()
    assert any("1 picture of the file is not on the page" in each.sentence for each in made.missing)


def test_what_a_page_has_no_place_for_is_told(tmp_path: Path) -> None:
    told = {
        **USUAL,
        "comments": 2,
        "watermark": "DRAFT",
        "inside": ["budget.xlsx"],
        "body": [{"field": {"name": "Name"}}],
    }
    made = convert(make(told, "docx", tmp_path / "a.docx"))
    sentences = " ".join(each.sentence for each in made.missing)
    assert "2 comments" in sentences
    assert "“DRAFT” lies behind the text" in sentences
    assert "The file “budget.xlsx” inside the file" in sentences
    assert "1 field to fill in" in sentences


def test_what_only_looks_like_a_heading_or_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    written = docx.Document()
    written.core_properties.title = "Snowshoes"
    for words in ("Snowshoes", "What it costs", "Nothing, ever."):
        written.add_paragraph().add_run(words).bold = True
    for words in ("• A smile", "• A card", "Lines with a • inside stay."):
        written.add_paragraph(words)
    written.save(str(tmp_path / "snow.docx"))
    made = convert(tmp_path / "snow.docx")
    lines = made.text.splitlines()
    told = {lines[each.line - 1]: each.sentence for each in made.missing if each.line > 4}
    assert {words: sentence.split(":")[0] for words, sentence in told.items()} == {
        "**Snowshoes**": "The title of the page says this already",
        "**What it costs**": "“What it costs” is only bold",
        "• A smile": "The lines from “• A smile” on are a list that was typed by hand",
    }


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1985. A great year.", "1985\\. A great year."),
        ("# of patrons", "\\# of patrons"),
        ("---", "\\---"),
        ("Fees {draft}", "Fees \\{draft}"),
        ("Ask us {: .note }", "Ask us \\{: .note }"),
        ("12 ways to read", "12 ways to read"),
    ],
)
def test_signs_that_somebody_typed_stay_signs(typed: str, written: str, tmp_path: Path) -> None:
    told = _converted(tmp_path / "notes.docx", [typed])
    assert told.text.splitlines()[-1] == written
    assert [each.line for each in told.missing] == [3]


def _converted(file: Path, paragraphs: list[str]) -> Conversion:
    document = docx.Document()
    document.core_properties.title = "Notes of the friends"
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(str(file))
    return convert(file)


@pytest.mark.parametrize(
    "typed", ["See {{ name }} and items[0] of [[the list]]", "Write ![x](y) for a picture", "Note [3] of 5"]
)
def test_words_that_are_on_the_page_are_not_told_as_missing(typed: str, tmp_path: Path) -> None:
    assert [each.line for each in _converted(tmp_path / "notes.docx", [typed]).missing] == [3]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["· boots", "· poles"], "begin each with “- ”"),
        (["- boots", "- poles"], "begin each with “- ”"),
        (["1. Fill in the form", "2. Bring it"], "begin each with “1. ”"),
        (["\uf0b7 boots", "\uf0b7 poles"], "begin each with “- ”"),
        (["– Nobody knows, said the chair.", "The meeting ended."], ""),
        (["1. May was warm.", "Nobody came."], ""),
    ],
)
def test_lists_typed_by_hand_are_told_once(lines: list[str], told: str, tmp_path: Path) -> None:
    missing = [each for each in _converted(tmp_path / "notes.docx", lines).missing if "typed by hand" in each.sentence]
    assert [told in each.sentence for each in missing] == [True] * bool(told)


def test_a_sign_that_no_browser_shows_is_left_out_and_told(tmp_path: Path) -> None:
    told = _converted(tmp_path / "notes.docx", ["Call \uf028 555-0100"])
    assert "\uf028" not in told.text
    assert [(each.line, "symbol" in each.sentence) for each in told.missing] == [(3, False), (6, True)]


def test_names_of_files_become_addresses(content: Path, tmp_path: Path) -> None:
    name = "Réunion d’été (final) #2.docx"
    make(TOLD, "docx", tmp_path / name)
    done = CliRunner().invoke(COMMAND, [str(tmp_path / name), "--content", str(content)], standalone_mode=False)
    assert done.exception is None
    page = (content / "pages" / "reunion-dete-final-2.md").read_text("utf-8")
    assert "{static}/documents/Réunion-d-été-final-2.docx)" in page
    assert (content / "documents" / "Réunion-d-été-final-2.docx").is_file()


def test_hidden_text_stays_off_the_page(tmp_path: Path) -> None:
    word = docx.Document()
    word.core_properties.title = "Room rules"
    style = word.styles.add_style("Private", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    word.add_paragraph("Ask Ms. Roy for the code.", "Private").add_run(" Shown again.").font.hidden = False
    paragraph = word.add_paragraph("No food")
    paragraph.add_run(" (water is fine)").font.hidden = True
    word.save(str(tmp_path / "rules.docx"))
    made = convert(tmp_path / "rules.docx")
    assert "code" not in made.text
    assert "water" not in made.text
    assert "Shown again" in made.text
    assert [each.sentence for each in made.missing if "hidden" in each.sentence] == [
        "Left out: 2 pieces of hidden text."
    ]
    assert not any("not on the page" in each.sentence for each in made.missing)


def test_a_table_of_contents_stays_off_the_page_and_is_told(tmp_path: Path) -> None:
    word = docx.Document()
    word.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph("Contents", "TOC Heading")
    word.add_paragraph("Opening hours\t2", "toc 1")
    word.add_heading("Opening hours", 1)
    word.add_paragraph("We open at nine.")
    word.save(str(tmp_path / "hours.docx"))
    made = convert(tmp_path / "hours.docx")
    assert "Contents" not in made.text
    assert "Opening hours 2" not in made.text
    assert [each.sentence for each in made.missing if "contents" in each.sentence] == [
        "The table of contents was left out: the numbers of its pages mean nothing here."
    ]
    assert not any("not on the page" in each.sentence for each in made.missing)


@pytest.mark.parametrize(
    ("heading", "told"), [("Fees", "The title is the first heading"), ("", "The title is the name of the file")]
)
def test_a_title_that_was_guessed_is_told(heading: str, told: str, tmp_path: Path) -> None:
    word = docx.Document()
    if heading:
        word.add_heading(heading, 1)
    word.add_paragraph("Copies cost ten cents.")
    word.save(str(tmp_path / "copies.docx"))
    first = convert(tmp_path / "copies.docx").missing[0]
    assert first.line == 2
    assert first.sentence.startswith(told)


def test_an_address_with_brackets_is_no_word_of_the_page(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("See the paper ")
    link = OxmlElement("w:hyperlink")
    target = word.part.relate_to("https://example.org/S0892(96)X", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = "on its own site"
    link.append(run)
    paragraph._p.append(link)
    paragraph.add_run(" and in the library.")
    word.save(str(tmp_path / "paper.docx"))
    made = convert(tmp_path / "paper.docx")
    assert "[on its own site](https://example.org/S0892(96)X)" in made.text
    assert not any("not on the page" in each.sentence for each in made.missing)


def _link(word: docx.document.Document, words: str, address: str) -> None:
    link, run, text = (OxmlElement(name) for name in ("w:hyperlink", "w:r", "w:t"))
    link.set(qn("r:id"), word.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    text.text = words
    run.append(text)
    link.append(run)
    word.add_paragraph()._p.append(link)


@pytest.mark.parametrize("address", ["file:///Z:/Work/plan.docx", r"C:\Work\plan.docx", r"\\office\plan.docx"])
def test_a_link_to_a_file_on_a_machine_is_taken_away_and_told(address: str, tmp_path: Path) -> None:
    word = docx.Document()
    _link(word, "the plan", address)
    _link(word, "our hours", "https://example.org/hours")
    word.save(str(tmp_path / "links.docx"))
    made = convert(tmp_path / "links.docx")
    assert "the plan" in made.text
    assert address not in made.text
    assert "[our hours](https://example.org/hours)" in made.text
    [told] = [each.sentence for each in made.missing if "computer" in each.sentence]
    assert (
        told
        == f"The link “the plan” leads to a file on somebody’s computer, {address}: publish that file, and link to it."
    )


def test_a_tip_beside_the_address_of_a_field_is_no_part_of_it(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph()
    for kind, instruction, shown in (
        ("begin", "", ""),
        ("", 'HYPERLINK "https://example.org/a" \\o "Our hours"', ""),
        ("separate", "", ""),
        ("", "", "When we are open"),
        ("end", "", ""),
    ):
        run = paragraph.add_run(shown)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        if instruction:
            code = OxmlElement("w:instrText")
            code.text = instruction
            run._r.append(code)
    word.save(str(tmp_path / "field.docx"))
    assert "[When we are open](https://example.org/a)" in convert(tmp_path / "field.docx").text


def test_angle_brackets_and_entities_that_were_typed_are_shown_as_typed(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Type find <name> | all, not &copy; or AT&T; > stays.")
    word.save(str(tmp_path / "typed.docx"))
    made = convert(tmp_path / "typed.docx")
    [line] = [each for each in made.text.splitlines() if each.startswith("Type")]
    shown = "".join(str(each) for each in html.fromstring(markdown.markdown(line)).itertext())
    assert shown.replace("\\|", "|") == "Type find <name> | all, not &copy; or AT&T; > stays."
    assert not any("not on the page" in each.sentence for each in made.missing)
