"""Where words stand on the page of a PDF: boxes from the top left corner of what is shown."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from audit.documents.pdf_content import drawn, faint

A4, LETTER, BANNER = (595, 842), (612, 792), (300, 1200)
#: A grey band from 100 to 150 points below the upper edge, and a red word 20 points below the band.
_DRAWN = "0.8 g 0 {band} 300 50 re f 1 0 0 rg BT /F1 10 Tf 40 {word} Td (see 10.2) Tj ET"


def _page(file: Path, size: tuple[int, int], inherited: bool) -> Path:
    """A page of this size, which stands on the page itself or on the tree of pages."""
    with pikepdf.new() as made:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page = made.add_blank_page(page_size=size)
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = made.make_stream(_DRAWN.format(band=size[1] - 150, word=size[1] - 180).encode())
        if inherited:
            del page.obj["/MediaBox"]
            made.Root.Pages.MediaBox = Array([0, 0, *size])
        made.save(file)
    return file


@pytest.mark.parametrize("inherited", [False, True])
@pytest.mark.parametrize("size", [A4, LETTER, BANNER])
def test_a_word_is_found_where_it_is_shown(size: tuple[int, int], inherited: bool, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(_page(tmp_path / "notes.pdf", size, inherited)) as document:
        page = document[0]
        things = drawn(page)
        word = next(each for each in things if each.text)
        assert word.box[:2] == pytest.approx((40, 172), abs=4)
        [(told, behind, sure)] = [each for each in faint(page, things) if each[0].text]
        assert (told.text, behind, sure) == ("see 10.2", "#ffffff", True)


@pytest.mark.parametrize(("matrix", "sure"), [("1 0 0 1", True), ("0 1 -1 0", True), ("0.7 0.7 -0.7 0.7", False)])
def test_whether_a_stamp_across_the_page_may_be_pale_is_not_for_sure(matrix: str, sure: bool, tmp_path: Path) -> None:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(400, 400)).obj
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = file.make_stream(f"BT /F 40 Tf 0.8 g {matrix} 150 150 Tm (DRAFT) Tj ET".encode())
    file.save(tmp_path / "stamp.pdf")
    with pypdfium2.PdfDocument(tmp_path / "stamp.pdf") as opened:
        [(each, _, certain)] = faint(opened[0], drawn(opened[0]))
        assert (each.text, certain) == ("DRAFT", sure)
