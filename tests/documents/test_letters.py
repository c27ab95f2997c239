"""What a typeface of a PDF tells of its letters, read as the standard wants it."""

from __future__ import annotations

import struct
from typing import Any

import pikepdf
import pytest
from fontTools.misc import eexec  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, Stream

from audit.documents.pdf_letters import fonts_of_fields, is_told, lists_all_shapes, nameless
from audit.documents.pdf_shown import shown_codes
from audit.documents.pdf_typefaces import lists_its_letters, widths_fit

HEAD = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("1 beginbfchar\n<0003> <0020>\nendbfchar", True),
        ("1 beginbfrange\n<0026> <0028> <0043>\nendbfrange\n1 beginbfchar <0003> <0020> endbfchar", True),
        ("1 beginbfrange\n<00A9> <00AA> [<00AB> <00BB>]\nendbfrange", True),
        ("1 beginbfrange\n<00A9> <00AB> [<00AB> <00BB>]\nendbfrange", False),
        ("1 beginbfrange\n<00AA> <00A9> <0043>\nendbfrange", False),
        ("1 beginbfchar\n<0003> space\nendbfchar", False),
        ("1 beginbfchar\n<0003> <0020>", False),
        ("", False),
    ],
)
def test_a_table_of_letters_is_read(table: str, told: bool) -> None:
    with pikepdf.new() as file:
        font = Dictionary(Type=Name.Font, ToUnicode=Stream(file, (HEAD + table).encode()))
        assert is_told(font) is told


def test_a_typeface_without_a_table_tells_nothing() -> None:
    assert not is_told(Dictionary(Type=Name.Font))


def _program(*lengths: int) -> bytes:
    """A TrueType program with the tables ``head`` and ``loca``: letters whose shapes have these lengths."""
    head, starts = b"\0" * 50 + struct.pack(">hh", 0, 0), [0]
    for each in lengths:
        starts.append(starts[-1] + each)
    loca = struct.pack(f">{len(starts)}H", *starts)
    begin = 12 + 2 * 16
    tables = ((b"head", begin, head), (b"loca", begin + len(head), loca))
    directory = b"".join(struct.pack(">4sIII", name, 0, at, len(data)) for name, at, data in tables)
    return struct.pack(">IHHHH", 0x10000, 2, 0, 0, 0) + directory + head + loca


@pytest.mark.parametrize(("listed", "whole"), [(b"\xa0", True), (b"\x80", False), (b"", False), (b"\xff\xff", True)])
def test_a_list_of_letters_needs_no_place_that_is_empty(listed: bytes, whole: bool) -> None:
    with pikepdf.new() as file:
        about = Dictionary(CIDSet=Stream(file, listed), FontFile2=Stream(file, _program(4, 0, 6, 0)))
        below = Dictionary(FontDescriptor=about, CIDToGIDMap=Name.Identity)
        assert lists_all_shapes(Dictionary(DescendantFonts=Array([below]))) is whole


@pytest.mark.parametrize("program", [b"", b"\0" * 12, _program(4)[:40]])
def test_a_damaged_program_is_left_to_the_validator(program: bytes) -> None:
    with pikepdf.new() as file:
        about = Dictionary(CIDSet=Stream(file, b"\xff"), FontFile2=Stream(file, program))
        assert not lists_all_shapes(Dictionary(FontDescriptor=about))


def test_a_typeface_that_only_fields_are_drawn_with() -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page().obj
        words, ticks = (file.make_indirect(Dictionary(Type=Name.Font)) for _ in range(2))
        drawn = Stream(file, b"", Resources=Dictionary(Font=Dictionary(A=words, B=ticks)))
        field = Dictionary(Subtype=Name.Widget, AP=Dictionary(N=Dictionary(On=file.make_indirect(drawn))))
        page.Annots = Array([file.make_indirect(field)])
        assert fonts_of_fields(file) == {words.objgen[0], ticks.objgen[0]}
        page.Resources = Dictionary(Font=Dictionary(F=words))
        assert fonts_of_fields(file) == {ticks.objgen[0]}
        page.Annots[0].Subtype = Name.FreeText
        assert fonts_of_fields(file) == frozenset()


def test_drawings_that_hold_each_other_and_what_is_no_typeface_do_not_disturb() -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page().obj
        font = file.make_indirect(Dictionary(Type=Name.Font))
        one, other = (file.make_indirect(Stream(file, b"")) for _ in range(2))
        one.Resources = Dictionary(XObject=Dictionary(A=other, B=one, C=3), Font=Dictionary(F=font, G=7, H=Name.None_))
        other.Resources = Dictionary(XObject=Dictionary(A=one))
        page.Annots = Array([Dictionary(Subtype=Name.Widget, AP=Dictionary(N=other)), Dictionary(), 5])
        assert fonts_of_fields(file) == {font.objgen[0]}


def _type_1(file: pikepdf.Pdf, head: str, **others: Any) -> Dictionary:
    program = Stream(file, f"%!PS-AdobeFont-1.0\n{head}\ncurrentfile eexec".encode())
    about = Dictionary(FontFile=file.make_indirect(program))
    return Dictionary(Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Body"), FontDescriptor=about, **others)


def names_its_letters(font: Dictionary) -> bool | None:
    return None if (codes := nameless(font)) is None else not codes


def test_a_font_whose_shapes_have_names_of_letters_tells_them() -> None:
    with pikepdf.new() as file:
        assert names_its_letters(_type_1(file, "dup 60 /less put dup 33 /exclam put")) is True
        assert names_its_letters(_type_1(file, "/Encoding StandardEncoding def")) is True
        assert names_its_letters(_type_1(file, "dup 60 /less put dup 33 /C0033 put")) is False
        coded = Dictionary(Differences=Array([27, Name("/ff"), Name("/ffi"), 65, Name("/.notdef")]))
        assert names_its_letters(_type_1(file, "", Encoding=coded)) is True
        assert names_its_letters(_type_1(file, "", Encoding=Dictionary(Differences=Array([27, Name("/g12")])))) is False


def test_a_font_of_pictured_letters_tells_none() -> None:
    drawn = Dictionary(Subtype=Name.Type3, Encoding=Dictionary(Differences=Array([0, Name("/a0"), Name("/a1")])))
    assert names_its_letters(drawn) is False


@pytest.mark.parametrize(
    ("font", "told"),
    [
        (Dictionary(Subtype=Name.Type1, BaseFont=Name.Symbol), True),
        (Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding), True),
        (Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica), True),
        (Dictionary(Subtype=Name.Type1, BaseFont=Name.Odd), None),
        (Dictionary(Subtype=Name.Type0, BaseFont=Name.Odd), None),
    ],
)
def test_letters_of_other_fonts(font: Dictionary, told: bool | None) -> None:
    assert names_its_letters(font) is told


def test_only_letters_that_are_shown_matter() -> None:
    coded = Dictionary(Differences=Array([65, Name("/A"), Name("/swash1"), Name("/.notdef")]))
    with pikepdf.new() as file:
        font = file.make_indirect(_type_1(file, "", Encoding=coded))
        assert nameless(font) == frozenset({66})
        table = Stream(file, b"1 beginbfchar <42> <0042> endbfchar")
        assert nameless(_type_1(file, "", Encoding=coded, ToUnicode=table)) == frozenset()
        for shown in (b"BT /F 9 Tf (AC) Tj ET", b"q BT /F 9 Tf [(A) 3 (B)] TJ ET Q (B) Tj"):
            page = file.add_blank_page().obj
            page.Resources, page.Contents = Dictionary(Font=Dictionary(F=font)), Stream(file, shown)
        number = font.objgen[0]
        assert list(shown_codes(file, number.__eq__)) == [(1, {number: {65, 67}}), (2, {number: {65, 66}})]
        assert list(shown_codes(file, lambda each: each != number)) == []


def _letter(name: str, drawing: bytes) -> bytes:
    coded: bytes = eexec.encrypt(b"0000" + drawing, 4330)[0]
    return f"/{name} {len(coded)} RD ".encode() + coded + b" ND\n"


def _with_letters(file: pikepdf.Pdf, unit: str, **letters: bytes) -> Dictionary:
    drawn = b"".join(_letter(name, drawing) for name, drawing in letters.items())
    inside = f"0000/Private 9 dict dup begin /lenIV 4 def 2 index /CharStrings {len(letters)} dict dup begin\n".encode()
    head = f"%!PS-AdobeFont-1.0\n/FontMatrix [{unit} 0 0 {unit} 0 0 ]readonly def\ndup 65 /A put dup 66 /B put\n"
    program = head.encode() + b"currentfile eexec\n" + eexec.encrypt(inside + drawn + b"end", 55665)[0]
    about = Dictionary(FontFile=file.make_stream(program), CharSet="/A")
    return Dictionary(
        Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Body"), FontDescriptor=about, FirstChar=65, Widths=Array([500, 1361])
    )


#: ``0 500 hsbw``; ``0 1000 2 div hsbw``; ``0 1361 hsbw`` with its number in four bytes.
_500, _HALF, _LONG = b"\x8b\xf8\x88\x0d", b"\x8b\xfa\x7c\x8d\x0c\x0c\x0d", b"\x8b\xff\x00\x00\x05\x51\x0d"


@pytest.mark.parametrize(
    ("unit", "letters", "fit"),
    [
        ("0.001", {"A": _500, "B": _LONG}, True),
        ("0.001", {"A": _HALF, "B": _LONG}, True),
        ("0.001", {"A": _LONG, "B": _LONG}, False),
        ("0.000488281", {"A": _500}, False),
        ("0.001", {"A": b"\x0e"}, None),
    ],
)
def test_widths_of_a_type_1_program(unit: str, letters: dict[str, bytes], fit: bool | None) -> None:
    with pikepdf.new() as file:
        font = _with_letters(file, unit, **letters)
        assert widths_fit(font, {65, 66}) is fit
        assert widths_fit(font, {90}) is None
    assert widths_fit(Dictionary(Subtype=Name.Type1), {65}) is None


def test_the_list_of_letters_beside_a_type_1_program() -> None:
    with pikepdf.new() as file:
        assert lists_its_letters(_with_letters(file, "0.001", A=_500)) is True
        assert lists_its_letters(_with_letters(file, "0.001", A=_500, B=_500)) is False
        assert lists_its_letters(_type_1(file, "")) is None
