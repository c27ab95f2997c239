"""Typefaces of PDF files of which the validator says too much."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable  # type: ignore[import-untyped]

from audit.documents.model import Unreadable
from audit.documents.pdf_clauses import _still, verdicts
from audit.documents.pdf_typefaces import drawn_with, has_its_letters, is_in_file, says_its_coding, widths_fit

#: An “a” and a dash: 97 and 208 in MacRoman, U+0061 and U+2013.
_LETTERS = {97: "a", 208: "endash"}


def _program(table: str, letters: dict[int, str]) -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "a", "endash"])
    builder.setupCharacterMap({0x61: "a", 0x2013: "endash"})
    builder.setupGlyf({name: _shape() for name in (".notdef", "a", "endash")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "a", "endash"), (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    if table != "unicode":
        mac = CmapSubtable.newSubtable(0 if table == "mac" else 6)
        mac.platformID, mac.platEncID, mac.language = 1, 0, 0
        mac.cmap = dict(letters)
        builder.font["cmap"].tables = [mac]
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def _shape() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    return pen.glyph()


def _font(
    file: pikepdf.Pdf, program: bytes | None, encoding: str = "/MacRomanEncoding", flags: int = 32
) -> pikepdf.Object:
    about = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, Flags=flags)
    if program is not None:
        about["/FontFile2"] = file.make_stream(program)
    widths = [500 if code in _LETTERS else 0 for code in range(97, 209)]
    return file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            Encoding=pikepdf.Name(encoding),
            FirstChar=97,
            Widths=widths,
            FontDescriptor=file.make_indirect(about),
        )
    )


@pytest.mark.parametrize("table", ["mac", "mac trimmed", "unicode"])
def test_letters_are_found_by_either_table(table: str) -> None:
    file = pikepdf.new()
    assert has_its_letters(_font(file, _program(table, _LETTERS))) is True
    if table != "unicode":
        assert has_its_letters(_font(file, _program(table, {97: "a"}))) is False


def test_a_letter_of_the_other_encoding_is_another_code() -> None:
    file = pikepdf.new()
    # 208 is no dash in WinAnsi, and the typeface has nothing else there.
    assert has_its_letters(_font(file, _program("unicode", {}), "/WinAnsiEncoding")) is False
    assert has_its_letters(_font(file, _program("unicode", {}), flags=4)) is None
    assert has_its_letters(_font(file, b"\0\1\0\0\0\x20broken")) is None


def test_a_program_in_the_file_is_one_that_begins_as_one() -> None:
    file = pikepdf.new()
    assert is_in_file(_font(file, _program("mac", _LETTERS)))
    assert not is_in_file(_font(file, None))
    assert not is_in_file(_font(file, b"no program"))
    inside = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, DescendantFonts=[_font(file, _program("mac", _LETTERS))])
    assert is_in_file(inside)
    assert says_its_coding(_font(file, None)) is True
    assert says_its_coding(_font(file, None, "/StandardEncoding")) is None


def test_only_what_a_page_draws_with_counts(tmp_path: Path) -> None:
    file = pikepdf.new()
    used, unused = _font(file, None), _font(file, None)
    page = file.add_blank_page()
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=used, F2=unused))
    page.obj.Contents = file.make_stream(b"BT /F1 12 Tf (a) Tj ET")
    assert [*drawn_with(file)] == [used.objgen[0]]


@pytest.mark.parametrize("table", ["mac", "mac trimmed", "unicode"])
def test_widths_of_a_true_type_program(table: str) -> None:
    file = pikepdf.new()
    font = _font(file, _program(table, _LETTERS))
    assert widths_fit(font, {97, 208}) is True
    font.Widths[0] = 400
    assert widths_fit(font, {97, 208}) is False
    assert widths_fit(font, {208}) is True
    assert widths_fit(_font(file, b"\0\1\0\0\0\x20broken"), {97}) is None


@pytest.mark.parametrize(
    ("wide", "shown", "page"),
    [(True, [b"<0003>", b"<000300000003>"], 2), (True, [b"<0300>"], 1), (False, [b"(A)", b"(B)"], 2)],
)
def test_a_letter_without_a_shape_is_placed_on_its_page(wide: bool, shown: list[bytes], page: int) -> None:
    file = pikepdf.new()
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name("/Identity-H"))
    if not wide:
        coded = pikepdf.Dictionary(Differences=[65, pikepdf.Name("/A"), pikepdf.Name("/.notdef")])
        font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=coded)
    font = file.make_indirect(font)
    for each in shown:
        one = file.add_blank_page().obj
        one.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        one.Contents = file.make_stream(b"BT /F 9 Tf " + each + b" Tj ET")
    said = _still(file, "NOTDEF-GLYPH", f"font object {font.objgen[0]} 0 references it", 0)
    assert said == (f"page {page}" if page == 2 else f"font object {font.objgen[0]} 0 references it")


def test_a_list_of_objects_that_is_wrong_is_written_anew(tmp_path: Path) -> None:
    file, held = pikepdf.new(), io.BytesIO()
    file.add_blank_page()
    file.save(held)
    (tmp_path / "odd.pdf").write_bytes(held.getvalue().replace(b"startxref\n", b"startxref\n9"))
    assert [*verdicts(tmp_path / "odd.pdf")]
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(Unreadable, match="damaged"):
        [*verdicts(tmp_path / "none.pdf")]
