"""Presentations, workbooks and PDF files whose programs write what simple ones do not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pptx
import pytest
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from audit.documents.model import Cell, Document, Format, Place, Table, Unreadable
from audit.documents.reading import read
from audit.examination.examination import examine_document
from audit.model.finding import Family, Outcome, Requirements
from audit.rules import load
from benchmarks.documents.description import USUAL
from benchmarks.documents.making import make

_NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def _slide() -> tuple[Any, Any]:
    talk = pptx.Presentation()
    slide = talk.slides.add_slide(talk.slide_layouts[5])
    slide.shapes.title.text = "Hours"
    return talk, slide


@pytest.mark.parametrize(
    ("kind", "asked"), [(MSO_SHAPE.RIGHT_ARROW, ["shape"]), (MSO_SHAPE.RECTANGLE, []), (MSO_SHAPE.OVAL, [])]
)
def test_a_shape_that_shows_the_way_is_asked_about_and_a_frame_is_not(
    tmp_path: Path, kind: MSO_SHAPE, asked: list[str]
) -> None:
    talk, slide = _slide()
    slide.shapes.add_shape(kind, Inches(1), Inches(3), Inches(1), Inches(1))
    talk.save(str(tmp_path / "talk.pptx"))
    assert [each.kind for each in read(tmp_path / "talk.pptx").pictures] == asked


def test_what_old_programs_are_shown_another_way_is_read(tmp_path: Path) -> None:
    talk, slide = _slide()
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="40" name="Box"/></p:nvSpPr><p:spPr/><p:txBody><a:p><a:r><a:t>Words beside a'
        " formula</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    choice = f'<mc:AlternateContent {_NAMES}><mc:Choice Requires="a14">{shape}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
    slide.shapes._spTree.append(etree.fromstring(choice))
    talk.save(str(tmp_path / "talk.pptx"))
    assert [each.text for each in read(tmp_path / "talk.pptx").passages] == ["Hours", "Words beside a formula"]


def test_a_hidden_sheet_is_not_judged_and_a_link_by_formula_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Visits"
    sheet["A1"] = '=HYPERLINK("https://example.org/plan", "here")'
    hidden = book.create_sheet("Sheet2")
    hidden["A1"] = "for formulas"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    document = read(tmp_path / "book.xlsx")
    assert [each.target for each in document.links] == ["https://example.org/plan"]
    assert "for formulas" not in {each.text for each in document.passages}


def _pdf(file: Path) -> Path:
    return make({**USUAL, "body": [{"heading": "Hours"}, {"paragraph": "Doors open at ten."}]}, "pdf", file)


def test_a_pdf_that_only_wraps_others_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pikepdf.open(_pdf(tmp_path / "whole.pdf")) as pdf:
        pdf.attachments["inner.pdf"] = b"%PDF-1.7"
        pdf.Root.Collection = pikepdf.Dictionary()
        pdf.save(tmp_path / "wrapping.pdf")
    with pytest.raises(Unreadable, match="Publish each by itself"):
        read(tmp_path / "wrapping.pdf")


def test_of_a_form_that_its_pages_do_not_show_that_is_told_and_nothing_of_the_pages(tmp_path: Path) -> None:
    with pikepdf.open(_pdf(tmp_path / "whole.pdf")) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = True
        pdf.save(tmp_path / "form.pdf")
    document = read(tmp_path / "form.pdf")
    rules = [rule for rule in load().values() if rule.rule.family is Family.DOCUMENTS]
    failed = [each for each in examine_document(document, rules).outcomes if each.outcome is Outcome.FAILED]
    assert [(each.rule, each.requirements) for each in failed] == [
        ("pdf-not-well-made", Requirements(wcag=("4.1.2",), pdfua=("25-001",)))
    ]
    assert document.passages == ()


def _sheet(file: Path, shown: Callable[[Any], None]) -> Document:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (("Line", "Code", "Amount"), ("Staff", "A", 8), ("draft", "B", 9), ("Heat", "C", 6), ("Roof", "D", 7)):
        sheet.append(row)
    sheet["B2"].hyperlink = "https://example.org/codes"
    sheet["A3"].font = openpyxl.styles.Font(color="FFEEEEEE")
    shown(sheet)
    book.save(file)
    return read(file)


def test_rows_and_columns_that_nobody_is_shown_are_not_read(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = _sheet(tmp_path / "hidden.xlsx", hide)
    (table,) = document.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Line", "Amount"], ["Staff", "8"], ["Heat", "6"], ["Roof", "7"],
    ]  # fmt: skip
    assert not document.links
    assert not document.colours
    whole = _sheet(tmp_path / "shown.xlsx", lambda _: None)
    assert (len(whole.links), len(whole.tables[0].rows), bool(whole.colours)) == (1, 5, True)


def test_a_sheet_begins_with_the_first_cell_that_is_shown(tmp_path: Path) -> None:
    def behind(sheet: Any) -> None:
        sheet.insert_cols(1)
        sheet.insert_rows(1, 2)

    def behind_what_is_hidden(sheet: Any) -> None:
        behind(sheet)
        sheet.column_dimensions["A"].hidden = True
        for row in (1, 2):
            sheet.row_dimensions[row].hidden = True

    assert _sheet(tmp_path / "blank.xlsx", behind).facts["begins"] == {"1": "B3"}
    assert _sheet(tmp_path / "hidden.xlsx", behind_what_is_hidden).facts["begins"] == {}


def test_all_columns_but_one_of_a_sheet_may_be_hidden(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions.group("B", "XFD", hidden=True)

    assert _sheet(tmp_path / "hidden.xlsx", hide).words == 5


@pytest.mark.parametrize(("node", "count", "told"), [
    ("withEffect", "indefinite", True), ("afterEffect", "indefinite", True), ("clickEffect", "indefinite", False),
    ("withEffect", "2000", False),
])  # fmt: skip
def test_an_animation_that_begins_by_itself_and_never_ends(
    tmp_path: Path, node: str, count: str, *, told: bool
) -> None:
    talk, slide = _slide()
    slide._element.append(
        etree.fromstring(
            f'<p:timing {_NAMES}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" nodeType="tmRoot"><p:childTnLst><p:par><p:cTn'
            f' id="2" presetClass="emph" repeatCount="{count}" nodeType="{node}"/></p:par></p:childTnLst></p:cTn></p:par>'
            "</p:tnLst></p:timing>"
        )
    )
    talk.save(str(tmp_path / "talk.pptx"))
    assert read(tmp_path / "talk.pptx").facts["endless"] == ([1] if told else [])


def test_the_second_part_of_the_standard_is_not_held_to_the_first(tmp_path: Path) -> None:
    with pikepdf.open(_pdf(tmp_path / "first.pdf")) as pdf:
        data = pdf.Root.Metadata.read_bytes().replace(b"part>1<", b"part>2<")
        pdf.Root.Metadata = pdf.make_stream(data, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.StructTreeRoot.K[0].K[1].S = pikepdf.Name.Aside
        pdf.save(tmp_path / "second.pdf")
    assert {each.id for each in read(tmp_path / "second.pdf").clauses} == {
        each.id for each in read(tmp_path / "first.pdf").clauses
    }


@pytest.mark.parametrize("ending", ["odt", "doc", "rtf", "pages", "xyz"])
def test_a_file_that_no_reader_knows_is_told_what_to_do(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"plan.{ending}"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(Unreadable, match=r"Publish it as a page|Save As|Export"):
        read(file)


def test_a_list_of_buttons_that_filters_a_table_is_no_picture(tmp_path: Path) -> None:
    file = _sheet_with_drawing(tmp_path / "loans.xlsx")
    assert [each.place.quote for each in read(file).pictures] == ["Photo of a rack"]


def _sheet_with_drawing(file: Path) -> Path:
    """A workbook with a photo and a slicer, as Excel writes one: in a choice, with a box for programs of before 2010."""
    names = (
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    corner = "<xdr:from><xdr:col>1</xdr:col><xdr:row>1</xdr:row></xdr:from>"
    slicer = (
        "<mc:AlternateContent><mc:Choice><xdr:graphicFrame><xdr:nvGraphicFramePr>"
        '<xdr:cNvPr id="3" name="Species"/></xdr:nvGraphicFramePr><a:graphic><a:graphicData><s:slicer xmlns:s="urn:s" name="Species"/>'
        '</a:graphicData></a:graphic></xdr:graphicFrame></mc:Choice><mc:Fallback><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="0" name=""/>'
        "</xdr:nvSpPr></xdr:sp></mc:Fallback></mc:AlternateContent>"
    )
    photo = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="4" name="Photo of a rack"/></xdr:nvPicPr></xdr:pic>'
    anchors = "".join(f"<xdr:twoCellAnchor>{corner}{each}</xdr:twoCellAnchor>" for each in (slicer, photo))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = openpyxl.Workbook()
    book.active["A1"] = "Loans"
    book.save(file)
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    link = f'<drawing xmlns:r="{relation}" r:id="rId9"/></worksheet>'
    parts[sheet] = parts[sheet].replace(b"</worksheet>", link.encode())
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        f'Type="{relation}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    ).encode()
    parts["xl/drawings/drawing1.xml"] = f"<xdr:wsDr {names}>{anchors}</xdr:wsDr>".encode()
    with zipfile.ZipFile(file, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return file


def test_pieces_of_one_link_are_one_link(tmp_path: Path) -> None:
    talk, slide = _slide()
    paragraph = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(6), Inches(1)).text_frame.paragraphs[0]
    for words, to in (("[", "https://example.org/a"), ("1", "https://example.org/a"), ("]", "https://example.org/a")):
        run = paragraph.add_run()
        run.text, run.hyperlink.address = words, to
    paragraph.add_run().text = " and "
    run = paragraph.add_run()
    run.text, run.hyperlink.address = "Hours", "https://example.org/b"
    talk.save(str(tmp_path / "talk.pptx"))
    assert [(each.text, each.target) for each in read(tmp_path / "talk.pptx").links] == [
        ("[1]", "https://example.org/a"),
        ("Hours", "https://example.org/b"),
    ]


def test_slides_whose_background_nobody_says_are_white(tmp_path: Path) -> None:
    talk, slide = _slide()
    for above in (talk.slide_master, slide.slide_layout):
        for background in above._element.cSld.findall("{*}bg"):
            above._element.cSld.remove(background)
    run = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(6), Inches(1)).text_frame.paragraphs[0].add_run()
    run.text, run.font.color.rgb = "Bring a friend", RGBColor.from_string("BBBBBB")  # type: ignore[no-untyped-call] # no stubs
    talk.save(str(tmp_path / "talk.pptx"))
    [colours] = [each for each in read(tmp_path / "talk.pptx").colours if each.text == "Bring a friend"]
    assert (colours.background, colours.sure) == ("#ffffff", True)


def test_an_empty_header_is_named_by_the_column_that_it_stands_in() -> None:
    cells = (Cell("Day", True), Cell("Hours", True, columns=2), Cell("", True))
    rows = (cells, (Cell("Monday"), Cell("9"), Cell("5"), Cell("x")))
    document = Document(Format.WORD, tables=(Table(Place("page 1"), rows, headers=True),))
    [told] = examine_document(document, [load()["document-empty-header-cell"]]).outcomes
    assert told.message == "Page 1: The header cell in row 1, column 4 is empty."
