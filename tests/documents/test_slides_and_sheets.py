"""Presentations, workbooks and PDF files whose programs write what simple ones do not."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from audit.documents.model import Unreadable
from audit.documents.reading import read
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


@pytest.mark.parametrize("wrapped", ["portfolio", "form"])
def test_a_pdf_that_only_wraps_something_is_refused_with_what_to_do(tmp_path: Path, wrapped: str) -> None:
    with pikepdf.open(_pdf(tmp_path / "whole.pdf")) as pdf:
        if wrapped == "portfolio":
            pdf.attachments["inner.pdf"] = b"%PDF-1.7"
            pdf.Root.Collection = pikepdf.Dictionary()
        else:
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
            pdf.Root.NeedsRendering = True
        pdf.save(tmp_path / "wrapping.pdf")
    with pytest.raises(Unreadable, match="Publish each by itself" if wrapped == "portfolio" else "web page"):
        read(tmp_path / "wrapping.pdf")


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
